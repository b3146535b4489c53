-- The rows of the reports that look at the whole history.
CREATE TABLE kept.unaccounted_urls AS FROM reports.unaccounted_urls;
CREATE TABLE kept.politeness_breaches AS FROM reports.politeness_breaches;
