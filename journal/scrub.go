package journal

import (
	"net/url"
	"strings"

	"github.com/azimuthdev/azimuth/internal/secret"
)

// MinSecret is the length in bytes from which a value counts as a secret: shorter ones would hit ordinary words.
const MinSecret = 6

// Secret is a value that must not be written anywhere, and the name that is written instead.
type Secret struct{ Name, Value string }

// Scrubber replaces secrets by [secret NAME]. It knows the values it was made with, also where they are escaped for
// JSON or a URL or encoded in base64 (at any place of a longer text, so in a Basic authorization too), and the shapes of
// well-known secrets: bearer and API tokens, JSON web tokens, passwords in URLs, private key blocks. A nil Scrubber
// knows the shapes.
// It does not recognise a secret that is written as a JSON number, in pieces, or in another encoding.
type Scrubber struct{ known *secret.Cutter }

// NewScrubber returns a scrubber for these values. Values shorter than [MinSecret], blanks around them not counted,
// are passed over. Where one value contains another the longer one is replaced.
func NewScrubber(secrets ...Secret) *Scrubber {
	var values []secret.Value
	for _, s := range secrets {
		if len(strings.TrimSpace(s.Value)) >= MinSecret {
			values = append(values, secret.Value{Name: s.Name, Text: s.Value})
		}
	}
	return &Scrubber{secret.New(values...)}
}

// Text returns text without secrets.
func (s *Scrubber) Text(text string) string { return s.replace(text, true) }

// replace returns a text that equals the given one if there was nothing. It looks for well-known shapes only when
// asked to.
func (s *Scrubber) replace(text string, shaped bool) string {
	if s != nil {
		text = s.known.Cut(text)
	}
	if shaped {
		text = secret.Shapes(text)
	}
	return text
}

// EnvSecrets returns the values of an environment ("NAME=value" each, as from os.Environ) that look secret: those
// named like *_KEY, *_TOKEN, *SECRET*, *PASSWORD* or *CREDENTIAL*, and passwords inside of URLs.
func EnvSecrets(environ []string) []Secret {
	var out []Secret
	for _, kv := range environ {
		name, value, _ := strings.Cut(kv, "=")
		if secret.Name(name) {
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
