package rubik

// face is a quarter turn clockwise: which place each place gets its cubie from, and by how much that is turned.
// Corners are URF UFL ULB UBR DFR DLF DBL DRB, edges UR UF UL UB DR DF DL DB FR FL BL BR (Kociemba's order).
type face struct {
	corner, twist [Corners]uint8
	edge, flip    [Edges]uint8
}

// faces are U, R, F, D, L and B.
func faces() [6]face {
	return [6]face{
		{corner: [8]uint8{3, 0, 1, 2, 4, 5, 6, 7}, edge: [12]uint8{3, 0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11}},
		{
			corner: [8]uint8{4, 1, 2, 0, 7, 5, 6, 3}, twist: [8]uint8{2, 0, 0, 1, 1, 0, 0, 2},
			edge: [12]uint8{8, 1, 2, 3, 11, 5, 6, 7, 4, 9, 10, 0},
		},
		{
			corner: [8]uint8{1, 5, 2, 3, 0, 4, 6, 7}, twist: [8]uint8{1, 2, 0, 0, 2, 1, 0, 0},
			edge: [12]uint8{0, 9, 2, 3, 4, 8, 6, 7, 1, 5, 10, 11}, flip: [12]uint8{0, 1, 0, 0, 0, 1, 0, 0, 1, 1, 0, 0},
		},
		{corner: [8]uint8{0, 1, 2, 3, 5, 6, 7, 4}, edge: [12]uint8{0, 1, 2, 3, 5, 6, 7, 4, 8, 9, 10, 11}},
		{
			corner: [8]uint8{0, 2, 6, 3, 4, 1, 5, 7}, twist: [8]uint8{0, 1, 2, 0, 0, 2, 1, 0},
			edge: [12]uint8{0, 1, 10, 3, 4, 5, 9, 7, 8, 2, 6, 11},
		},
		{
			corner: [8]uint8{0, 1, 3, 7, 4, 5, 2, 6}, twist: [8]uint8{0, 0, 1, 2, 0, 0, 2, 1},
			edge: [12]uint8{0, 1, 2, 11, 4, 5, 6, 10, 8, 9, 3, 7}, flip: [12]uint8{0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 1},
		},
	}
}

// quarter is the face i as a map from where a cubie is to where it goes. On the 2x2x2 it leaves edges alone.
func quarter(i, size int) (t turn) {
	f := faces()[i]
	for to, from := range f.corner {
		for o := range uint8(3) {
			t.corner[3*from+o] = uint8(3*to) + (o+f.twist[to])%3
		}
	}
	for to, from := range f.edge {
		for o := range uint8(2) {
			t.edge[2*from+o] = uint8(2*to) + (o+f.flip[to])%2
		}
	}
	if size == 2 {
		for j := range t.edge {
			t.edge[j] = uint8(j)
		}
	}
	return t
}
