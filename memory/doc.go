// Package memory keeps plans that reached their goals.
package memory
