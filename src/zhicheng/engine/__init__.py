"""机制: mechanisms that know no word of intellectual property (checks, chains, procedures). Not here: subject matter."""
