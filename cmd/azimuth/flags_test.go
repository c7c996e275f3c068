package main

import (
	"reflect"
	"slices"
	"testing"

	"github.com/azimuthdev/azimuth"
	"github.com/azimuthdev/azimuth/model/demos"
	"github.com/azimuthdev/azimuth/search"
)

// TestEveryFlagReachesTheSettings: a flag of the search that is given changes the settings of the run.
func TestEveryFlagReachesTheSettings(t *testing.T) {
	plain := (&searchFlags{}).settings()
	typ := reflect.TypeFor[searchFlags]()
	for i := range typ.NumField() {
		f := typ.Field(i)
		if !f.IsExported() || slices.Contains([]string{"TTSTable", "DemoControl"}, f.Name) { // names of files, below
			continue
		}
		var given searchFlags
		set(t, reflect.ValueOf(&given).Elem().Field(i))
		if reflect.DeepEqual(given.settings(), plain) {
			t.Errorf("%s is read by nobody", f.Name)
		}
	}
	files := searchFlags{table: search.Table{{}}, controller: &demos.Controller{}}
	if s := files.settings(); len(s.Table) != 1 || s.DemoController == nil {
		t.Errorf("what is in files is left out: %+v", s)
	}
}

// set gives a flag a value that is not its zero.
func set(t *testing.T, v reflect.Value) {
	t.Helper()
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt(1)
	case reflect.Uint64:
		v.SetUint(1)
	case reflect.Float64:
		v.SetFloat(1)
	case reflect.Struct:
		switch x := v.Addr().Interface().(type) {
		case *costsFlag:
			x.Costs = azimuth.Costs{Evidence: "x"}
		default:
			set(t, v.Field(0))
		}
	default:
		t.Fatalf("a flag of type %s", v.Type())
	}
}
