package journal

import (
	"reflect"
	"strings"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
)

// ownWords are the strings that a reader of records depends on: names of fields and words for states.
var ownWords = func() map[string]bool {
	words := map[string]bool{"approve": true, "reject": true, "policy": true, "terminal": true, "answer": true, "succeeded": true,
		"exhausted": true, "no_plan": true, "denied": true, "failed": true}
	seen := map[reflect.Type]bool{}
	for _, v := range []any{Started{}, Told{}, Chosen{}, Approval{}, Intent{}, Done{}, Spent{}, Ended{}} {
		fieldNames(reflect.TypeOf(v), words, seen)
	}
	for i := model.Observed; i <= model.Failed; i++ {
		words[i.String()] = true
	}
	for e := tool.Unknown; e <= tool.Destructive; e++ {
		words[e.String()] = true
	}
	return words
}()

// fieldNames collects the JSON names of t's fields and of what they hold.
func fieldNames(t reflect.Type, words map[string]bool, seen map[reflect.Type]bool) {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || seen[t] {
		return
	}
	seen[t] = true
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		words[name] = true
		fieldNames(f.Type, words, seen)
	}
}
