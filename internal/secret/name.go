package secret

import (
	"regexp"
	"slices"
	"strings"
)

var (
	telling  = []string{"SECRET", "PASSW", "PASSPHRASE", "CREDENTIAL", "APIKEY", "API_KEY", "ACCESS_KEY", "PRIVATE_KEY", "AUTHORIZATION", "COOKIE", "SESSION_ID", "SESSIONID"}
	lastWord = []string{"KEY", "PASS", "PWD", "SESSION"}
	endings  = []string{"TOKEN", "AUTH"}
	harmless = []string{"PWD", "DESKTOP_SESSION"} // a directory, and the name of a desktop

	humps = regexp.MustCompile(`([a-z0-9])([A-Z])`)
)

// Name says whether the name of a header or of an environment variable tells that its value is a secret: X-Api-Key,
// GH_TOKEN, accessToken and PGPASSWORD do, KEYBOARD, TOKENIZER, MAX_TOKENS and SSH_AUTH_SOCK do not.
func Name(name string) bool {
	name = humps.ReplaceAllString(name, "${1}_$2")
	name = strings.ToUpper(strings.NewReplacer("-", "_", ".", "_", " ", "_").Replace(name))
	name = strings.TrimRight(name, "_0123456789")
	if slices.Contains(harmless, name) {
		return false
	}
	last := name[strings.LastIndexByte(name, '_')+1:]
	return slices.ContainsFunc(telling, func(w string) bool { return strings.Contains(name, w) }) ||
		slices.Contains(lastWord, last) || slices.ContainsFunc(endings, func(w string) bool { return strings.HasSuffix(last, w) })
}
