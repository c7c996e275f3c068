package heap_test

import _ "github.com/azimuthdev/azimuth/internal/seeded" // property tests draw the same each time
