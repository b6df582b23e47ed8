/** How long `ms` milliseconds are, in at most 7 columns: `0.4 s`, `12 s`, `4m 02s`, `3h 05m`, `2d 4h`. */
export function span(ms: number): string {
	const seconds = Math.max(0, ms) / 1000;
	if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
	const whole = Math.round(seconds);
	if (whole < 100) return `${whole} s`;
	const minutes = Math.floor(whole / 60);
	if (minutes < 60) return `${minutes}m ${two(whole % 60)}s`;
	const hours = Math.floor(minutes / 60);
	if (hours < 24) return `${hours}h ${two(minutes % 60)}m`;
	return `${Math.floor(hours / 24)}d ${hours % 24}h`;
}

/** The same for a sentence, in one unit: `12 s`, `4 min`, `3 h`, `2 days`. */
export function roughly(ms: number): string {
	const seconds = Math.round(Math.max(0, ms) / 1000);
	if (seconds < 100) return `${seconds} s`;
	const minutes = Math.round(seconds / 60);
	if (minutes < 100) return `${minutes} min`;
	const hours = Math.round(minutes / 60);
	return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}

function two(value: number): string {
	return String(value).padStart(2, '0');
}
