// Package judge says whether a finished plan reaches its goal.
package judge
