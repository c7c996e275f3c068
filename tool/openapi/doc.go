// Package openapi makes tools of the operations of an OpenAPI 3.0 or 3.1 document.
//
//	srv, err := openapi.Load(ctx, "petstore.yaml", &openapi.Options{
//		Credential: func(scheme string) string { return os.Getenv("PETSTORE_" + strings.ToUpper(scheme)) },
//	})
//	set, err := tool.NewSet(srv.Tools()...)
//
// Each operation is one tool. Its name is the operationId, or method and path, made into what every model takes
// (letters, digits, _ and -, at most 64). Its parameters, from path, query, headers, cookies and the properties of a
// JSON or form body, are one flat object; where two have the same name the later one gets the place in front
// (query_id, body_id). A body that is no plain object is the parameter body. References are resolved into the tool's
// own schema, so that it can be read without the document.
//
// # Effects
//
// GET and HEAD are read, PUT and DELETE idempotent, POST and PATCH unknown, as the HTTP standard promises (RFC 9110,
// sections 9.2.1 and 9.2.2). The document is the user's own choice, so this is believed unless Options.Trust says
// none. An operation says otherwise with the extension x-azimuth-effect, and Options.Effects beats both. All of it
// is read once, by [Load]: no answer of the server can change a class. A header parameter Idempotency-Key becomes
// [tool.Spec.KeyParam].
//
// # Secrets
//
// Credentials are asked for by the name of the security scheme when a call is made. They are sent only to the host
// of the base URL (a redirect to another host is not followed), and cut out of every answer and every error.
//
// # What it can't do
//
// References to other files and hosts (bundle the document first), multipart bodies, the path styles label and
// matrix. Operations that need one of these are listed in [Server.Skipped] with the reason.
package openapi
