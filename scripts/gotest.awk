# Shortens the output of go test -v to what it prints without -v, and keeps the reasons of skipped tests, which it
# would not show. Of a package that failed all is shown but the passes.
/^=== (RUN|PAUSE|CONT|NAME)/ || /^ *--- PASS:/ { next }
/^ *--- SKIP:/ {
	reason = before
	sub(/^ *[^ ]*: /, "", reason)
	sub(/^SKIPPED: /, "", reason)
	skipped[++n] = $3 ": " reason
	next
}
/^(ok|FAIL|\?|---)[ \t]/ && ($1 == "ok" || $1 == "?" || $1 == "FAIL") {
	if ($1 == "FAIL") for (i = 1; i <= held; i++) print lines[i]
	for (i = 1; i <= n; i++) {
		print "SKIPPED: " $2 " " skipped[i]
		print $2 " " skipped[i] >> skips
	}
	print
	fflush()
	held = n = 0
	before = ""
	next
}
{ lines[++held] = $0; before = $0 }
END { for (i = 1; i <= held; i++) print lines[i] }
