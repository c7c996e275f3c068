package lexical_test

import (
	"testing"

	"github.com/azimuthdev/azimuth/model"
	"github.com/azimuthdev/azimuth/model/lexical"
	"github.com/azimuthdev/azimuth/model/modeltest"
)

func TestConformance(t *testing.T) {
	modeltest.Run(t, func(*testing.T) model.Model { return lexical.New(nil) }, &modeltest.Options{NoComplete: true})
}
