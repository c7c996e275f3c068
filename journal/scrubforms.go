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

// shape is a well-known form of secret: the words with which it begins or that it contains, of three bytes or more, and the
// form itself.
type shape struct {
	name  string
	words []string
	re    *regexp.Regexp
}

var knownShapes = []shape{
	{"private key", []string{"PRIVATE KEY-----"}, regexp.MustCompile(`(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|$)`)},
	{"bearer token", []string{"earer "}, regexp.MustCompile(`\b[Bb]earer +[A-Za-z0-9._~+/=-]{8,}`)},
	{"basic authorization", []string{"asic "}, regexp.MustCompile(`\b[Aa]uthorization: *[Bb]asic +[A-Za-z0-9+/=]{8,}`)},
	{"api key", []string{"sk-"}, regexp.MustCompile(`\bsk-[A-Za-z0-9_-]{16,}`)},
	{"github token", []string{"ghp_", "gho_", "ghu_", "ghs_", "ghr_"}, regexp.MustCompile(`\bgh[pousr]_[A-Za-z0-9]{20,}`)},
	{"github token", []string{"github_pat_"}, regexp.MustCompile(`\bgithub_pat_[A-Za-z0-9_]{20,}`)},
	{"gitlab token", []string{"glpat-"}, regexp.MustCompile(`\bglpat-[A-Za-z0-9_-]{16,}`)},
	{"slack token", []string{"xox"}, regexp.MustCompile(`\bxox[abeprs]-[A-Za-z0-9-]{10,}`)},
	{"aws key", []string{"AKIA"}, regexp.MustCompile(`\bAKIA[A-Z0-9]{16}\b`)},
	{"google key", []string{"AIza"}, regexp.MustCompile(`\bAIza[A-Za-z0-9_-]{35}`)},
	{"json web token", []string{"eyJ"}, regexp.MustCompile(`\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}`)},
}

// shapeFilter has a bit for each hash of the first three bytes of a word.
var shapeFilter = func() (f [1 << 16 / 64]uint64) {
	for _, s := range knownShapes {
		for _, w := range s.words {
			h := hash3(w)
			f[h/64] |= 1 << (h % 64)
		}
	}
	return f
}()

// hash3 mixes the first three bytes of s into 16 bits.
func hash3(s string) uint32 {
	_ = s[2]
	return (uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16) * 2654435761 >> 16
}

// mayHoldShape says whether text has any of the shapes' words.
func mayHoldShape(text string) bool {
	for i := 0; i+3 <= len(text); i++ {
		if h := hash3(text[i:]); shapeFilter[h/64]&(1<<(h%64)) != 0 && beginsWithWord(text[i:]) {
			return true
		}
	}
	return false
}

func beginsWithWord(text string) bool {
	for _, s := range knownShapes {
		for _, w := range s.words {
			if strings.HasPrefix(text, w) {
				return true
			}
		}
	}
	return false
}

// shapes replaces what looks like a well-known secret.
func shapes(text string) (string, bool) {
	if !mayHoldShape(text) {
		return text, false
	}
	hit := false
	for _, s := range knownShapes {
		if s.re.MatchString(text) {
			text, hit = s.re.ReplaceAllString(text, "[secret "+s.name+"]"), true
		}
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
