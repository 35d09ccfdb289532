"""Sets of points in the database: tried out in a simulation, proposed by one side, confirmed by the others, in use."""
