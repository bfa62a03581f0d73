/**
 * Where everything lies that belongs to self-tests (自检): at no territory's number. Row-level security keeps it from whoever
 * does not ask for this very place (`migrations/0044-alive.sql`); what runs as the owner leaves it out by this number.
 */
export const SELF_TEST_PLACE = -1;
