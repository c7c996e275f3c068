package journal

import (
	"encoding/base64"
	"net/url"
	"regexp"
	"strings"
)

// base64Forms are what v looks like inside of longer base64 texts. A byte of base64 is six bits, so v looks different
// at each of three offsets, and its first and last letters depend on what is around it; those are left out.
func base64Forms(v string) []string {
	var out []string
	for _, enc := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for offset := range 3 {
			text := enc.EncodeToString(append(make([]byte, offset), v...))
			first := (offset*8 + 5) / 6
			last := (offset + len(v)) * 8 / 6
			if last-first >= MinSecret {
				out = append(out, text[first:last])
			}
		}
	}
	return out
}

// shape is a well-known form of secret: cheap words that each of them contains, and the form itself.
type shape struct {
	name string
	word string
	re   *regexp.Regexp
}

var knownShapes = []shape{
	{"private key", "PRIVATE KEY-----", regexp.MustCompile(`(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|$)`)},
	{"bearer token", "earer ", regexp.MustCompile(`\b[Bb]earer +[A-Za-z0-9._~+/=-]{8,}`)},
	{"basic authorization", "asic ", regexp.MustCompile(`\b[Aa]uthorization: *[Bb]asic +[A-Za-z0-9+/=]{8,}`)},
	{"api key", "sk-", regexp.MustCompile(`\bsk-[A-Za-z0-9_-]{16,}`)},
	{"github token", "gh", regexp.MustCompile(`\bgh[pousr]_[A-Za-z0-9]{20,}`)},
	{"github token", "github_pat_", regexp.MustCompile(`\bgithub_pat_[A-Za-z0-9_]{20,}`)},
	{"gitlab token", "glpat-", regexp.MustCompile(`\bglpat-[A-Za-z0-9_-]{16,}`)},
	{"slack token", "xox", regexp.MustCompile(`\bxox[abeprs]-[A-Za-z0-9-]{10,}`)},
	{"aws key", "AKIA", regexp.MustCompile(`\bAKIA[A-Z0-9]{16}\b`)},
	{"google key", "AIza", regexp.MustCompile(`\bAIza[A-Za-z0-9_-]{35}`)},
	{"json web token", "eyJ", regexp.MustCompile(`\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}`)},
}

// shapes replaces what looks like a well-known secret.
func shapes(text string) (string, bool) {
	hit := false
	for i := range knownShapes {
		s := &knownShapes[i]
		if len(text) < 12 || !strings.Contains(text, s.word) || !s.re.MatchString(text) {
			continue
		}
		text, hit = s.re.ReplaceAllString(text, "[secret "+s.name+"]"), true
	}
	return text, hit
}

// EnvSecrets returns the values of an environment ("NAME=value" each, as from os.Environ) that look secret: those
// named like *_KEY, *_TOKEN, *SECRET*, *PASSWORD* or *CREDENTIAL*, and passwords inside of URLs.
func EnvSecrets(environ []string) []Secret {
	var out []Secret
	for _, kv := range environ {
		name, value, _ := strings.Cut(kv, "=")
		if looksSecret(name) {
			out = append(out, Secret{name, value})
		}
		if u, err := url.Parse(value); err == nil && u.User != nil {
			if p, ok := u.User.Password(); ok {
				out = append(out, Secret{name, p})
			}
		}
	}
	return out
}

func looksSecret(name string) bool {
	name = strings.ToUpper(name)
	for _, part := range []string{"SECRET", "PASSWORD", "PASSWD", "PASSPHRASE", "CREDENTIAL", "APIKEY", "API_KEY", "ACCESS_KEY", "PRIVATE_KEY"} {
		if strings.Contains(name, part) {
			return true
		}
	}
	for _, end := range []string{"KEY", "TOKEN", "PASS"} {
		if name == end || strings.HasSuffix(name, "_"+end) {
			return true
		}
	}
	return strings.HasSuffix(name, "_PWD") // PWD and OLDPWD are directories
}
