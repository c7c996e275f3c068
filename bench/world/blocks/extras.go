package blocks

import "github.com/azimuthdev/azimuth/bench/world/internal/sandbox"

// extras are tools that a robot of this kind would have and that no request needs. They move no block.
func extras() []sandbox.Extra {
	text, read := sandbox.TextExtra, sandbox.ReadExtra
	return []sandbox.Extra{
		text("paint_block", "Orders that a block be painted later.", "Name of the block."), text("weigh_block", "Notes that a block should be weighed.", "Name of the block."),
		text("polish_block", "Notes that a block should be polished.", "Name of the block."), text("photograph", "Takes a photograph of a block.", "Name of the block."),
		text("label_block", "Sticks a label on the table beside a block.", "Text of the label."), text("point_at", "Points at a block.", "Name of the block."),
		text("set_speed", "Sets how fast the hand moves.", "slow, normal or fast."), text("set_grip", "Sets how firm the grip is.", "soft or firm."),
		text("tap_block", "Taps on a block.", "Name of the block."), text("nudge_table", "Moves the table a little.", "Direction."),
		text("set_light", "Sets the light above the table.", "bright or dim."), text("call_operator", "Calls the operator.", "What for."),
		text("write_log", "Writes a line to the log.", "The line."), text("reserve_block", "Reserves a block for another robot.", "Name of the block."),
		text("set_camera", "Turns the camera.", "left, right or center."), text("announce", "Says something over the speaker.", "What to say."),
		read("get_battery", "Returns the charge of the battery.", "87 %."), read("get_temperature", "Returns the temperature of the motor.", "41 degrees."),
		read("get_status", "Returns the status of the robot.", "Ready."), read("get_log", "Returns the log.", "The log is empty."),
		read("get_table_size", "Returns the size of the table.", "120 cm by 80 cm."), read("get_version", "Returns the version of the firmware.", "4.2."),
		read("get_time", "Returns the time.", "10:32."), read("get_manual", "Returns a page of the manual.", "One block at a time. Putting down on the table costs more than stacking."),
	}
}
