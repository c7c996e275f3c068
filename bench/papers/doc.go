// Package papers lists the research that Azimuth is built from: what each paper is here, where it is in the code, and a
// small experiment that shows its claim, at a size for two cores.
//
//	for _, p := range papers.All() {
//		fmt.Println(p.Name, p.Place(), p.Status())
//	}
//	p, err := papers.Find("toolchain")
//	f, err := p.Experiment(ctx, nil)
//	fmt.Println(f.Holds)
//
// A paper that is in has places, which a test looks up, and an [Experiment]. It says what the paper claims, what shape
// that should have here, what was measured, and whether the claim holds. One that does not is reported as it is.
package papers
