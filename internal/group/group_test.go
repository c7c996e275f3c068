//go:build unix

package group

import (
	"bufio"
	"os/exec"
	"testing"
)

// A child's child holds the pipe, so its end shows that both are gone.
func TestGroupEndsTogether(t *testing.T) {
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("no shell on this system")
	}
	for name, end := range map[string]func(*exec.Cmd) error{"kill": Kill, "terminate": Terminate} {
		cmd := exec.Command("sh", "-c", "sleep 600 & echo ready; wait")
		Own(cmd)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		if !lines.Scan() {
			t.Fatal("the child says nothing")
		}
		if err := end(cmd); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for lines.Scan() { // until both have closed it
		}
		if err := cmd.Wait(); err == nil {
			t.Errorf("%s: the child ended well", name)
		}
	}
}
