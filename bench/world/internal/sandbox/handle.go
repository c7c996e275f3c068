package sandbox

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"regexp"
	"strings"
)

// MakeHandle returns the text that a constructor tool hands out for a content: kind:content#check. The check is
// eight hexadecimal digits of a digest, so a handle depends on its content only (the constructor stays a pure
// tool, its answers may be cached and are good in every fork), and yet one that no constructor made is refused.
func MakeHandle(kind, content string) string {
	sum := sha256.Sum256([]byte("azimuth handle\x00" + kind + "\x00" + content))
	return kind + ":" + content + "#" + hex.EncodeToString(sum[:4])
}

// ReadHandle returns the content of a handle; ok is false for a text that [MakeHandle] did not make.
func ReadHandle(kind, s string) (content string, ok bool) {
	body, ok := strings.CutPrefix(s, kind+":")
	if !ok {
		return "", false
	}
	i := strings.LastIndexByte(body, '#')
	if i < 0 || MakeHandle(kind, body[:i]) != s {
		return "", false
	}
	return body[:i], true
}

// HandleValue returns a constructor's structured answer, {kind: handle}.
func HandleValue(kind, handle string) json.RawMessage { return Object(kind, Quote(handle)) }

func handlePattern(kind string) string { return "^" + regexp.QuoteMeta(kind) + ":.+#[0-9a-f]{8}$" }
