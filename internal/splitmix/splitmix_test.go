package splitmix

import "testing"

// TestKnownNumbers: the first numbers of SplitMix64 from the seed 1234567, as its reference implementation gives them.
func TestKnownNumbers(t *testing.T) {
	state := uint64(1234567)
	for i, want := range []uint64{6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821} {
		state += Gamma
		if got := Mix(state); got != want {
			t.Errorf("number %d is %d, want %d", i, got, want)
		}
	}
	if Mix(0) != 0 {
		t.Error("0 does not stay 0")
	}
}
