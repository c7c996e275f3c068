package mcp

import (
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/azimuthdev/azimuth/tool"
)

// claimed is the effect class that a tool's annotations amount to, with the protocol's defaults: a tool that says
// nothing about it may be destructive. A tool without annotations claims nothing.
//
// A change that is not destructive only adds something, so it counts as reversible; the protocol does not say so,
// it is inferred.
func claimed(a *sdk.ToolAnnotations) tool.Effect {
	switch {
	case a == nil:
		return tool.Unknown
	case a.ReadOnlyHint:
		return tool.Read
	case a.IdempotentHint:
		return tool.Idempotent
	case a.DestructiveHint != nil && !*a.DestructiveHint:
		return tool.Reversible
	}
	return tool.Destructive
}
