package memory

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/azimuthdev/azimuth/internal/canon"
)

// yamlEntries turns each item of a YAML list into JSON, so that both formats are read by the same code.
func yamlEntries(raw []byte) ([]entry, error) {
	if line := tooDeep(raw); line > 0 {
		return nil, &LineError{Line: line, Err: canon.ErrTooDeep}
	}
	file, err := parser.ParseBytes(raw, 0)
	if err != nil {
		return nil, yamlError(err)
	}
	list, err := yamlList(file)
	if err != nil || list == nil {
		return nil, err
	}
	entries := make([]entry, len(list.Values))
	for i, node := range list.Values {
		v, err := yamlValue(node, 0)
		if err != nil {
			return nil, &LineError{Line: lineOf(node), Entry: i + 1, Err: err}
		}
		text, err := json.Marshal(v)
		if err != nil {
			return nil, &LineError{Line: lineOf(node), Entry: i + 1, Err: err}
		}
		entries[i] = entry{lineOf(node), text}
	}
	return entries, nil
}

// yamlList returns the one list of a file; nil for a file with nothing in it.
func yamlList(file *ast.File) (*ast.SequenceNode, error) {
	var bodies []ast.Node
	for _, doc := range file.Docs {
		if doc.Body != nil && doc.Body.Type() != ast.CommentType {
			bodies = append(bodies, doc.Body)
		}
	}
	switch len(bodies) {
	case 0:
		return nil, nil
	case 1:
	default:
		return nil, &LineError{Line: lineOf(bodies[1]), Err: errors.New("a second document; write one list")}
	}
	list, ok := bodies[0].(*ast.SequenceNode)
	if !ok {
		return nil, &LineError{Line: lineOf(bodies[0]), Err: errors.New("want a list of {goal, calls}")}
	}
	return list, nil
}

// yamlValue returns what encoding/json can write. It recurses at most [canon.MaxDepth] levels.
func yamlValue(node ast.Node, depth int) (any, error) {
	if depth > canon.MaxDepth {
		return nil, canon.ErrTooDeep
	}
	switch n := node.(type) {
	case *ast.MappingNode:
		return yamlMap(n.Values, depth)
	case *ast.MappingValueNode:
		return yamlMap([]*ast.MappingValueNode{n}, depth)
	case *ast.SequenceNode:
		list := make([]any, len(n.Values))
		for i, v := range n.Values {
			var err error
			if list[i], err = yamlValue(v, depth+1); err != nil {
				return nil, err
			}
		}
		return list, nil
	case *ast.LiteralNode:
		return n.Value.Value, nil
	case *ast.StringNode:
		return n.Value, nil
	case *ast.IntegerNode:
		return n.Value, nil
	case *ast.FloatNode:
		return n.Value, nil
	case *ast.BoolNode:
		return n.Value, nil
	case *ast.NullNode:
		return nil, nil
	}
	return nil, fmt.Errorf("line %d: %s is not taken here; write plain values", lineOf(node), nodeKind(node))
}

func yamlMap(values []*ast.MappingValueNode, depth int) (any, error) {
	m := make(map[string]any, len(values))
	for _, v := range values {
		if v.Key == nil || v.Key.IsMergeKey() || v.Key.Type() != ast.StringType {
			return nil, fmt.Errorf("line %d: want a plain text as key; quote it", lineOf(v))
		}
		key := v.Key.(*ast.StringNode).Value
		if _, twice := m[key]; twice {
			return nil, fmt.Errorf("line %d: key %q is there twice", lineOf(v), key)
		}
		var err error
		if m[key], err = yamlValue(v.Value, depth+1); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func nodeKind(node ast.Node) string {
	if node == nil {
		return "nothing"
	}
	return "a YAML " + node.Type().String()
}

func lineOf(node ast.Node) int {
	if node == nil || node.GetToken() == nil {
		return 1
	}
	return node.GetToken().Position.Line
}

// yamlError keeps the parser's message and line, without the excerpt that it prints.
func yamlError(err error) error {
	var at yaml.Error
	if errors.As(err, &at) && at.GetToken() != nil {
		return &LineError{Line: at.GetToken().Position.Line, Err: errors.New(at.GetMessage())}
	}
	return &LineError{Line: 1, Err: err}
}

// maxYAMLNest bounds the parser's recursion. It is counted roughly (brackets in texts count too) and is far above
// what anybody writes; the exact bound is that of yamlValue.
const maxYAMLNest = 1000

// tooDeep returns the line on which brackets, or the marks that open a block, nest beyond maxYAMLNest; 0 if none.
func tooDeep(raw []byte) int {
	depth, n := 0, 0
	for line := range bytes.Lines(raw) {
		n++
		for _, c := range line {
			switch c {
			case '[', '{':
				depth++
			case ']', '}':
				depth = max(depth-1, 0)
			}
			if depth > maxYAMLNest {
				return n
			}
		}
		if indent := len(line) - len(bytes.TrimLeft(line, " -?:")); indent > maxYAMLNest {
			return n
		}
	}
	return 0
}
