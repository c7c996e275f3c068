package lexical_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/azimuthdev/azimuth/tool"
)

// described replaces the input schema of a spec.
func described(s tool.Spec, input, output string) tool.Spec {
	if input != "" {
		s.Input = json.RawMessage(input)
	}
	s.Output = json.RawMessage(output)
	return s
}

// services are tools as the APIs of common services have them.
func services() []tool.Spec {
	return []tool.Spec{
		described(spec("geocode", "Find the coordinates of a city.", "city string"), "", `{"type":"object","properties":{"latitude":{"type":"number"},"longitude":{"type":"number"}}}`),
		described(spec("get_forecast", "Get the weather forecast for coordinates.", "latitude number,longitude number;days integer"), "", ``),
		described(spec("send_email", "Send an e-mail message.", ""), `{"type":"object","required":["to","subject","body"],"properties":{"to":{"type":"string","format":"email"},"subject":{"type":"string","description":"Subject line"},"body":{"type":"string","description":"Message text"}}}`, ``),
		described(spec("create_issue", "Open a new issue in a repository.", "title string;body string,labels []string,priority enum:low|medium|high"), "", ``),
		described(spec("find_user", "Look up a user by e-mail address.", ""), `{"type":"object","required":["email"],"properties":{"email":{"type":"string","format":"email"}}}`, `{"type":"object","properties":{"id":{"type":"string"},"name":{"type":"string"}}}`),
		described(spec("list_orders", "List the orders of a user.", "user_id string;status enum:open|shipped|cancelled"), "", ``),
		described(spec("fetch_page", "Download a web page and return its text.", ""), `{"type":"object","required":["url"],"properties":{"url":{"type":"string","format":"uri"}}}`, ``),
		described(spec("create_event", "Add an event to the calendar.", ""), `{"type":"object","required":["title","start","end"],"properties":{"title":{"type":"string"},"start":{"type":"string","format":"date"},"end":{"type":"string","format":"date"}}}`, ``),
		described(spec("search_flights", "Search for flights between two cities.", ""), `{"type":"object","required":["origin","destination","departure_date"],"properties":{"origin":{"type":"string"},"destination":{"type":"string"},"departure_date":{"type":"string","format":"date"},"return_date":{"type":"string","format":"date"},"adults":{"type":"integer","minimum":1},"cabin":{"type":"string","enum":["economy","premium","business","first"]},"max_price":{"type":"number"},"nonstop":{"type":"boolean"}}}`, ``),
	}
}

func TestServices(t *testing.T) {
	for _, tt := range []struct{ goal, want string }{
		{"what is the weather forecast for Oslo?", `geocode{"city":"Oslo"}` + "\n" + `get_forecast`},
		{`send an email to ann@example.org with the subject "Lunch" saying "See you at noon"`, `send_email{"body":"See you at noon","subject":"Lunch","to":"ann@example.org"}`},
		{`create an issue titled "Crash on start" with high priority`, `create_issue{"priority":"high","title":"Crash on start"}`},
		{"list the open orders of bob@example.com", `find_user{"email":"bob@example.com"}` + "\n" + `list_orders`},
		{"fetch https://example.org/a?b=1.", `fetch_page{"url":"https://example.org/a?b=1"}`},
		{`add an event called "Offsite" to the calendar from May 3, 2027 to May 5, 2027`, `create_event{"end":"2027-05-05","start":"2027-05-03","title":"Offsite"}`},
		{"search flights from Boston to Lisbon on 2027-03-03, returning 2027-03-10, 2 adults, business cabin, max price $900, nonstop",
			`search_flights{"adults":2,"cabin":"business","departure_date":"2027-03-03","destination":"Lisbon","max_price":900,"nonstop":true,"origin":"Boston","return_date":"2027-03-10"}`},
		{"tell me a joke", "finish: None of the tools fits the goal, as far as its words can be matched; nothing was done."},
	} {
		t.Run(tt.goal, func(t *testing.T) {
			if got := planOf(t, services(), tt.goal); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

// TestWeakMatches: a tool without arguments is not called for its verb alone, and a place may be a choice.
func TestWeakMatches(t *testing.T) {
	tools := []tool.Spec{
		spec("get-env", "Returns all environment variables.", ""),
		described(spec("get-conditions", "Returns the weather of a city.", ""), `{"type":"object","required":["location"],"properties":{"location":{"type":"string","enum":["New York","Chicago"]}}}`, ``),
	}
	if got, want := planOf(t, tools, "get the weather in Chicago"), `get-conditions{"location":"Chicago"}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := planOf(t, tools[:1], "get the weather in Chicago"); !strings.HasPrefix(got, "finish") {
		t.Errorf("got %s, want the end", got)
	}
}

func memoryServer() []tool.Spec {
	entity := `{"type":"object","required":["name","entityType","observations"],"properties":{"name":{"type":"string","description":"The name of the entity"},"entityType":{"type":"string","description":"The type of the entity"},"observations":{"type":"array","items":{"type":"string"},"description":"An array of observation contents associated with the entity"}}}`
	relation := `{"type":"object","required":["from","to","relationType"],"properties":{"from":{"type":"string","description":"The name of the entity where the relation starts"},"to":{"type":"string","description":"The name of the entity where the relation ends"},"relationType":{"type":"string","description":"The type of the relation"}}}`
	list := func(name, item string) string {
		return `{"type":"object","required":["` + name + `"],"properties":{"` + name + `":{"type":"array","items":` + item + `}}}`
	}
	return []tool.Spec{
		described(spec("create_entities", "Create multiple new entities in the knowledge graph", ""), list("entities", entity), ``),
		described(spec("create_relations", "Create multiple new relations between entities in the knowledge graph. Relations should be in active voice", ""), list("relations", relation), ``),
		described(spec("delete_entities", "Delete multiple entities and their associated relations from the knowledge graph", "entityNames []string"), "", ``),
		spec("read_graph", "Read the entire knowledge graph", ""),
		spec("search_nodes", "Search for nodes in the knowledge graph based on a query", "query string"),
		spec("open_nodes", "Open specific nodes in the knowledge graph by their names", "names []string"),
	}
}

func TestMemoryServer(t *testing.T) {
	for _, tt := range []struct{ goal, want string }{
		{"read the graph", `read_graph{}`},
		{`search for nodes about "jazz"`, `search_nodes{"query":"jazz"}`},
		{"search nodes about modern jazz", `search_nodes{"query":"modern jazz"}`},
		{`open the nodes "Ann" and "Bob"`, `open_nodes{"names":["Ann","Bob"]}`},
		{`create an entity named "Ann" of type "person" with the observation "plays the piano"`, `create_entities{"entities":[{"entityType":"person","name":"Ann","observations":["plays the piano"]}]}`},
		{`delete the entity "Ann"`, `delete_entities{"entityNames":["Ann"]}`},
	} {
		t.Run(tt.goal, func(t *testing.T) {
			if got := planOf(t, memoryServer(), tt.goal); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}
