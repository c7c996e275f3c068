package bench

import (
	"encoding/json"
	"fmt"
	"maps"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/azimuthdev/azimuth/internal/canon"
)

// ManifestFormat is the format of the directories that this program writes and goes on with.
const ManifestFormat = 1

// Manifest says how results came about, so that somebody else can get them again.
type Manifest struct {
	Format    int       `json:"format"`
	Started   time.Time `json:"started"`
	Command   []string  `json:"command"`
	Spec      Spec      `json:"spec"`
	Model     string    `json:"model"`               // as the model names itself
	Simulated []string  `json:"simulated,omitempty"` // what of it is a simulation
	Versions  Versions  `json:"versions"`
}

// Versions are what the program was built from.
type Versions struct {
	Azimuth  string `json:"azimuth"`
	Revision string `json:"revision,omitempty"` // of the source, + when it had been modified
	Go       string `json:"go"`
	Platform string `json:"platform"`
	// Modules are those that results could depend on.
	Modules map[string]string `json:"modules,omitempty"`
}

// Manifest returns the manifest of a run that begins now. command is the command line, without secrets: those come
// from the environment.
func (r *Runner) Manifest(command []string) Manifest {
	m := Manifest{
		Format: ManifestFormat, Started: r.opts.Now().UTC(), Command: command, Spec: r.spec, Model: r.caps.Name, Versions: BuildVersions(),
	}
	if r.spec.Model == Noisy {
		m.Model = Noisy
	}
	for _, c := range r.spec.Conditions() {
		if s := c.Simulated(); s != "" && !slices.Contains(m.Simulated, s) {
			m.Simulated = append(m.Simulated, s)
		}
	}
	return m
}

// BuildVersions says what this program was built from.
func BuildVersions() Versions {
	v := Versions{Azimuth: "unknown", Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return v
	}
	v.Azimuth, v.Modules = info.Main.Version, map[string]string{}
	for _, d := range info.Deps {
		v.Modules[d.Path] = d.Version
	}
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			v.Revision = s.Value + v.Revision
		case s.Key == "vcs.modified" && s.Value == "true":
			v.Revision += "+"
		}
	}
	return v
}

// Mismatch says why results can't be gone on with.
type Mismatch struct {
	Differences []string
	remedy      string
}

// Error names each difference.
func (e *Mismatch) Error() string {
	return "the results there are of another run: " + strings.Join(e.Differences, "; ") + "; " + orDefault(e.remedy, "take the same flags, or another directory")
}

// Same says whether results of the one can stand beside results of the other; the error is a [*Mismatch]. Date and
// command line may differ.
func (m Manifest) Same(o Manifest) error {
	var diffs []string
	differ := func(what string, there, here any) {
		diffs = append(diffs, fmt.Sprintf("%s was %v and is %v", what, there, here))
	}
	if m.Format != o.Format {
		differ("format", m.Format, o.Format)
	}
	a, b := m.Spec.fields(), o.Spec.fields()
	for _, name := range slices.Sorted(maps.Keys(b)) {
		if !canon.Equal(a[name], b[name]) {
			differ(name, string(a[name]), string(b[name]))
		}
	}
	if m.Model != o.Model {
		differ("model", m.Model, o.Model)
	}
	if x, y := m.Versions, o.Versions; x.Azimuth != y.Azimuth || x.Revision != y.Revision || x.Go != y.Go {
		differ("the program", strings.TrimSpace(x.Azimuth+" "+x.Revision)+" "+x.Go, strings.TrimSpace(y.Azimuth+" "+y.Revision)+" "+y.Go)
	}
	if len(diffs) > 0 {
		return &Mismatch{Differences: diffs}
	}
	return nil
}

func (s Spec) fields() map[string]json.RawMessage {
	out := map[string]json.RawMessage{}
	if raw, err := json.Marshal(s); err == nil { // a spec that was validated marshals
		_ = json.Unmarshal(raw, &out)
	}
	return out
}
