"""nbconvert settings for committed notebooks: outputs without clocks, kernel versions or other traces of a machine."""

c = get_config()  # noqa: F821  (nbconvert provides it)
c.ExecutePreprocessor.timeout = 120
c.ExecutePreprocessor.record_timing = False
c.ClearMetadataPreprocessor.enabled = True
c.ClearMetadataPreprocessor.preserve_nb_metadata_mask = {("kernelspec")}
c.ClearMetadataPreprocessor.preserve_cell_metadata_mask = {"tags", "jupyter"}
