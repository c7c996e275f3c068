package journal

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/azimuthdev/azimuth/internal/canon"
	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/tool"
	"github.com/google/go-cmp/cmp"
)

// full sets every field below v to something that is not its zero.
func full(v reflect.Value) {
	switch v.Interface().(type) {
	case json.RawMessage:
		v.SetBytes([]byte(`{"a":[1,-2.5e+7,true,false,null,"x\n\"y\"",{}],"<&>":"é\u2028"}`))
		return
	case tool.Effect:
		v.SetUint(uint64(tool.Read))
		return
	case model.Status:
		v.SetUint(uint64(model.Deferred))
		return
	case time.Duration:
		v.SetInt(1500)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			full(v.Field(i))
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		full(v.Index(0))
		full(v.Index(1))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		full(v.Elem())
	case reflect.String:
		v.SetString("a \"quoted\" line\nand <b>ü</b> & more\t")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Float64:
		v.SetFloat(-0.0000001234567890123)
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt(-12)
	case reflect.Uint8:
		v.SetUint(2)
	case reflect.Uint32, reflect.Uint64:
		v.SetUint(1<<32 - 1)
	default:
		panic("a type that the test doesn't know: " + v.Type().String())
	}
}

func TestFastToldKnowsAllFields(t *testing.T) {
	var in Told
	full(reflect.ValueOf(&in).Elem())
	data, err := canon.Encode(in)
	if err != nil {
		t.Fatal(err)
	}
	var slow, fast Told
	if err := json.Unmarshal(data, &slow); err != nil {
		t.Fatal(err)
	}
	c := &cursor{b: data}
	if c.told(&fast); c.bad || c.i != len(data) {
		t.Fatalf("fasttold.go doesn't know a field, or its place in the struct; it read %+v of %s", fast, data)
	}
	if d := cmp.Diff(slow, fast); d != "" {
		t.Fatal(d)
	}
	if d := cmp.Diff(in, fast); d != "" {
		t.Fatal(d)
	}
}

func TestFastToldAllocatesLess(t *testing.T) {
	var in Told
	full(reflect.ValueOf(&in).Elem())
	in.Outcome.Graph, in.Subtasks = nil, nil // once in a run, and read by encoding/json in both
	data, err := canon.Encode(in)
	if err != nil {
		t.Fatal(err)
	}
	fast := testing.AllocsPerRun(50, func() { fastTold(data, new(Told)) })
	slow := testing.AllocsPerRun(50, func() { _ = json.Unmarshal(data, new(Told)) })
	if fast*1.5 > slow {
		t.Errorf("%v allocations, encoding/json needs %v", fast, slow)
	}
}
