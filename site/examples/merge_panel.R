panel <- read.csv("derived/panel.csv")
other <- read.csv("other.csv")  # yours: a row a state and year, with the state's Correlates of War number as ccode
panel <- subset(panel, unit == "component" & bound)  # each part of a joint exercise counts; members of the year
merged <- merge(panel, other, by.x = c("cow", "year"), by.y = c("ccode", "year"), all.x = TRUE)
merged$share <- ifelse(merged$known > 0, merged$came / merged$known, NA)  # blank where sources are clear about none
merged <- merged[order(merged$iso3, merged$year), ]
write.csv(merged, "merged.csv", row.names = FALSE, na = "")
cat(nrow(merged), "rows,", min(merged$year), "to", max(merged$year), "\n")
