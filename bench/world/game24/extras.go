package game24

import "github.com/azimuthdev/azimuth/bench/world/internal/sandbox"

// extras are tools that a site for such puzzles would have and that no puzzle needs. What they store makes the final
// state another one.
func extras() []sandbox.Extra {
	text, read := sandbox.TextExtra, sandbox.ReadExtra
	return []sandbox.Extra{
		text("give_up", "Gives the puzzle up.", "Why."), text("skip_puzzle", "Marks the puzzle to be tried later.", "Why."),
		text("set_timer", "Starts a timer.", "Seconds."), text("write_note", "Writes a note beside the board.", "The note."),
		text("mark_number", "Marks a number on the board.", "The number."), text("guess_solution", "Files a guess, to be checked later.", "The guess."),
		text("set_target", "Sets the target of the next puzzle.", "The target."), text("set_level", "Sets how hard the next puzzle is.", "easy, medium or hard."),
		text("share_puzzle", "Shares the puzzle with a friend.", "Name of the friend."), text("rate_puzzle", "Rates the puzzle.", "Stars from 1 to 5."),
		text("report_puzzle", "Reports a puzzle that can't be solved.", "What is wrong."), text("set_player_name", "Sets the name for the table of scores.", "The name."),
		text("set_theme", "Sets the colors of the board.", "dark or light."), text("bet_points", "Bets points on solving the puzzle.", "Points."),
		text("set_sound", "Switches sounds on or off.", "on or off."), text("draw_cards", "Orders the cards of the next puzzle.", "Number of cards."),
		read("get_rules", "Explains the game.", "Combine the numbers with + - * / until one is left. It must be 24."),
		read("get_best_time", "Returns the fastest solution so far.", "7.2 seconds."), read("get_scores", "Lists the table of scores.", "Ada 120, Alan 95."),
		read("get_tip", "Returns a general tip.", "Look for products such as 3 * 8, 4 * 6 and 2 * 12."),
		read("list_factors", "Lists the factors of 24.", "1, 2, 3, 4, 6, 8, 12, 24."), read("get_history", "Lists earlier puzzles.", "1 2 3 4, 4 4 6 6."),
		read("get_daily_puzzle", "Returns the puzzle of the day.", "5 5 5 1."), read("count_solutions", "Says how many players solved the puzzle.", "212 players."),
	}
}
