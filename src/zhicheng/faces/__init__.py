"""门面: web, cli, jobs, and the settings of the site. Not here: rules and writes."""
