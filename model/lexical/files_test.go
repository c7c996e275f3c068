package lexical_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/lexical"
	"github.com/azimuthdev/azimuth/tool"
)

// spec makes a tool of a description, required arguments with their types ("path string", "paths []string") and
// optional ones behind a semicolon.
func spec(name, doc, args string) tool.Spec {
	required, optional, _ := strings.Cut(args, ";")
	props := map[string]any{}
	list := func(s string) (out []string) {
		for _, a := range strings.Split(s, ",") {
			if f := strings.Fields(a); len(f) == 2 {
				props[f[0]] = typeOf(f[1])
				out = append(out, f[0])
			}
		}
		return out
	}
	in := map[string]any{"type": "object", "required": append([]string{}, list(required)...)}
	list(optional)
	in["properties"] = props
	raw, err := json.Marshal(in)
	if err != nil {
		panic(err)
	}
	return tool.Spec{Name: name, Description: doc, Input: raw}
}

func typeOf(s string) map[string]any {
	if item, ok := strings.CutPrefix(s, "[]"); ok {
		return map[string]any{"type": "array", "items": typeOf(item)}
	}
	if values, ok := strings.CutPrefix(s, "enum:"); ok {
		return map[string]any{"type": "string", "enum": strings.Split(values, "|")}
	}
	return map[string]any{"type": s}
}

// files are tools as the usual file system server has them.
func files() []tool.Spec {
	read := func(s tool.Spec, out string) tool.Spec {
		s.Effect = tool.Read
		s.Output = json.RawMessage(`{"type":"object","properties":{"content":{"type":"` + out + `"}},"required":["content"]}`)
		return s
	}
	edit := spec("edit_file", "Make line-based edits to a text file. Each edit replaces exact line sequences with new content. Returns a git-style diff.", "path string;dryRun boolean")
	edit.Input = json.RawMessage(`{"type":"object","properties":{"path":{"type":"string"},"edits":{"type":"array","items":{"type":"object","properties":{
		"oldText":{"type":"string","description":"Text to search for - must match exactly"},"newText":{"type":"string","description":"Text to replace with"}},"required":["oldText","newText"]}},
		"dryRun":{"type":"boolean","default":false,"description":"Preview changes using git-style diff format"}},"required":["path","edits"]}`)
	return []tool.Spec{
		read(spec("read_file", "Read the complete contents of a file as text. DEPRECATED: Use read_text_file instead.", "path string;tail number,head number"), "string"),
		read(spec("read_text_file", "Read the complete contents of a file from the file system as text. Handles various text encodings. Use the 'head' parameter to read only the first N lines of a file, or the 'tail' parameter to read only the last N lines of a file.", "path string;tail number,head number"), "string"),
		read(spec("read_media_file", "Read an image or audio file. Returns the base64 encoded data and MIME type.", "path string"), "array"),
		read(spec("read_multiple_files", "Read the contents of multiple files simultaneously. This is more efficient than reading files one by one when you need to analyze or compare multiple files.", "paths []string"), "string"),
		spec("write_file", "Create a new file or completely overwrite an existing file with new content. Use with caution as it will overwrite existing files without warning.", "path string,content string"),
		edit,
		spec("create_directory", "Create a new directory or ensure a directory exists. Can create multiple nested directories in one operation.", "path string"),
		read(spec("list_directory", "Get a detailed listing of all files and directories in a specified path. Results clearly distinguish between files and directories.", "path string"), "string"),
		read(spec("list_directory_with_sizes", "Get a detailed listing of all files and directories in a specified path, including sizes.", "path string;sortBy enum:name|size"), "string"),
		read(spec("directory_tree", "Get a recursive tree view of files and directories as a JSON structure.", "path string;excludePatterns []string"), "string"),
		spec("move_file", "Move or rename files and directories. Can move files between directories and rename them in a single operation. If the destination exists, the operation will fail.", "source string,destination string"),
		read(spec("search_files", "Recursively search for files and directories matching a pattern. The patterns should be glob-style patterns that match paths relative to the working directory.", "path string,pattern string;excludePatterns []string"), "string"),
		read(spec("get_file_info", "Retrieve detailed metadata about a file or directory. Returns comprehensive information including size, creation time, last modified time, permissions, and type.", "path string"), "string"),
		read(spec("list_allowed_directories", "Returns the list of directories that this server is allowed to access. Subdirectories within these allowed directories are also accessible.", ""), "string"),
	}
}

// planOf returns the whole plan for a goal: the first sample's call and its outline.
func planOf(t *testing.T, tools []tool.Spec, goal string, steps ...model.Step) string {
	t.Helper()
	r, err := lexical.New(nil).Propose(context.Background(), model.Request{Tools: tools, Goal: goal, Steps: steps, N: 1, Outline: true})
	if err != nil {
		t.Fatal(err)
	}
	s := r.Samples[0]
	var out []string
	for _, c := range append(s.Calls, s.Outline...) {
		out = append(out, c.Tool+c.Args)
	}
	if len(out) == 0 {
		return "finish: " + s.Answer
	}
	return strings.Join(out, "\n")
}

func TestFiles(t *testing.T) {
	for _, tt := range []struct{ goal, want string }{
		{`read notes/todo.txt`, `read_text_file{"path":"notes/todo.txt"}`},
		{`Please show me what is in /srv/data/readme.md`, `read_text_file{"path":"/srv/data/readme.md"}`},
		{`read a.txt and b.txt`, `read_multiple_files{"paths":["a.txt","b.txt"]}`},
		{`view the picture photos/cat.png`, `read_media_file{"path":"photos/cat.png"}`},
		{`list the directory docs`, `list_directory{"path":"docs"}`},
		{`List the files in the current directory`, `list_directory{"path":"."}`},
		{`list the files in /tmp/work with their sizes, sorted by size`, `list_directory_with_sizes{"path":"/tmp/work","sortBy":"size"}`},
		{`create a directory called reports`, `create_directory{"path":"reports"}`},
		{`create the folder out/2027 and write "hello" to out/2027/a.txt`, `create_directory{"path":"out/2027"}` + "\n" + `write_file{"content":"hello","path":"out/2027/a.txt"}`},
		{`write hello world to greeting.txt`, `write_file{"content":"hello world","path":"greeting.txt"}`},
		{`Create a file named hello.txt with the content "Hello, world!"`, `write_file{"content":"Hello, world!","path":"hello.txt"}`},
		{`List the files in the directory "/data", then read "/data/notes.txt".`, `list_directory{"path":"/data"}` + "\n" + `read_text_file{"path":"/data/notes.txt"}`},
		{`move a.txt to archive/a.txt`, `move_file{"destination":"archive/a.txt","source":"a.txt"}`},
		{`rename draft.md to final.md`, `move_file{"destination":"final.md","source":"draft.md"}`},
		{`search for *.go files in /src`, `search_files{"path":"/src","pattern":"*.go"}`},
		{`when was report.pdf last modified? get the file info`, `get_file_info{"path":"report.pdf"}`},
		{`which directories am I allowed to access?`, `list_allowed_directories{}`},
		{`show the directory tree of ./src`, `directory_tree{"path":"./src"}`},
		{`create notes.txt with the content "x", then read it`, `write_file{"content":"x","path":"notes.txt"}` + "\n" + `read_text_file{"path":"notes.txt"}`},
		{`in config.yaml replace "debug: true" with "debug: false"`, `edit_file{"edits":[{"newText":"debug: false","oldText":"debug: true"}],"path":"config.yaml"}`},
		{`copy the content of a.txt to b.txt`, `read_text_file{"path":"a.txt"}` + "\n" + `write_file`},
	} {
		t.Run(tt.goal, func(t *testing.T) {
			if got := planOf(t, files(), tt.goal); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}
