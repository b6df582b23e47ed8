// Plain CommonJS without newer syntax: it must run on whatever Node the system has.
var major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
	process.stderr.write(
		'eventctl: needs Node 24 or newer, found ' +
			process.versions.node +
			': run `npm install`, which brings one, and allow its install script\n',
	);
	process.exit(1);
}
