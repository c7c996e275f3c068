package household

import "github.com/azimuthdev/azimuth/bench/world/internal/sandbox"

// extras are further things that one could do at home and that no request asks for.
func extras() []sandbox.Extra {
	text, read := sandbox.TextExtra, sandbox.ReadExtra
	return []sandbox.Extra{
		text("sing", "Sings a song.", "The song."), text("dance", "Dances.", "The kind of dance."), text("say", "Says something.", "What to say."),
		text("whisper", "Whispers something.", "What to whisper."), text("hum", "Hums a tune.", "The tune."), text("paint", "Paints a picture.", "What is on it."),
		text("knit", "Knits something.", "What to knit."), text("order_food", "Orders food by phone.", "The dish."), text("phone", "Calls somebody.", "Who is called."),
		text("ring_bell", "Rings a bell.", "How often."), text("knock", "Knocks on something.", "What to knock on."), text("photograph", "Takes a photograph.", "Of what."),
		text("decorate", "Decorates a room.", "The room."), text("water_plants", "Waters the plants.", "Which ones."), text("feed_pet", "Feeds a pet.", "The pet."),
		text("make_list", "Writes a shopping list.", "The list."), text("set_alarm", "Sets an alarm.", "The time."), text("measure", "Measures something.", "What to measure."),
		read("check_time", "Tells the time.", "It is 10:32."), read("check_mail", "Looks for mail.", "There is no mail."), read("check_weather", "Looks out of the window.", "It is raining."),
		read("check_thermostat", "Tells how warm it is.", "21 degrees."), read("smell", "Smells.", "It smells of coffee."), read("count_rooms", "Counts the rooms.", "There are eight rooms."),
	}
}
