package secret

import "testing"

func TestName(t *testing.T) {
	for name, want := range map[string]bool{
		"GITHUB_TOKEN": true, "X-Api-Key": true, "Authorization": true, "PGPASSWORD": true, "Cookie": true, "X-Auth": true,
		"key": true, "CLIENT_SECRET_2": true, "accessToken": true, "NGROK_AUTHTOKEN": true, "MY_PWD": true, "TOKEN_2": true,
		"X-Session": true, "AWS_ACCESS_KEY_ID": true, "JSESSIONID": true,
		"PATH": false, "Accept": false, "": false, "KEYBOARD": false, "TOKENIZER": false, "MAX_TOKENS": false, "PWD": false,
		"OLDPWD": false, "SSH_AUTH_SOCK": false, "XAUTHORITY": false, "DESKTOP_SESSION": false, "XDG_SESSION_TYPE": false,
		"COMPASS": false, "MONKEY": false,
	} {
		if Name(name) != want {
			t.Errorf("Name(%q) = %v", name, !want)
		}
	}
}
