import pandas as pd

panel = pd.read_csv("derived/panel.csv")
other = pd.read_csv("other.csv")  # yours: a row a state and year, the state's Correlates of War number as ccode
panel = panel[panel["unit"].eq("component") & panel["bound"]]  # parts of joint exercises count; members of the year
merged = panel.merge(other.rename(columns={"ccode": "cow"}), how="left", on=["cow", "year"], validate="1:1")
merged["share"] = merged["came"] / merged["known"]  # blank where sources are clear about no exercise of that year
merged.to_csv("merged.csv", index=False)
print(f"{len(merged)} rows, {merged['year'].min()} to {merged['year'].max()}")
