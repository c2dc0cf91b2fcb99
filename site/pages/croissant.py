"""Croissant metadata of the data package: the same contract, in the words that dataset search engines and loaders read.

Follows the Croissant format 1.0 of MLCommons (JSON-LD on schema.org): one FileObject a table, one RecordSet a table, one
Field a column. Nothing is described twice: names, types, keys and meanings come from `datapackage.json`. References
between tables are left out: loaders take them for joins, and the reference library then drops every row whose cell is
blank (11 of 1,188 sources were left). The data package keeps them.
"""

from typing import Any

FORMAT = "http://mlcommons.org/croissant/1.0"
# A blank cell of these columns means that the source does not say; EDTF texts are no ISO days, so dates as coded stay text.
TYPES = {
    "string": "sc:Text",
    "list": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
}
CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
} | {
    word: f"cr:{word}"
    for word in (
        *("citeAs", "column", "equivalentProperty", "extract", "field", "fileObject", "fileProperty", "fileSet"),
        *("format", "includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet"),
        *("references", "regex", "repeated", "replace", "samplingRate", "separator", "source", "subField", "transform"),
    )
}


def croissant(package: dict[str, Any], digests: dict[str, str], cite: dict[str, str]) -> dict[str, Any]:
    """Croissant metadata (dict for JSON) of a data package.

    `package` is its descriptor (dict), `digests` {path of a table's file: SHA-256 as hex}, `cite` what `share.citation` gives.
    Addresses of files are relative to the metadata's own folder; the site's own is named where it is known.
    """
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": FORMAT,
        "name": package["name"],
        "alternateName": package["title"],
        "description": package["description"],
        "license": package["licenses"][0]["path"],
        "version": package["version"],
        "datePublished": cite["published"],
        "citeAs": cite["text"],
        "creator": [{"@type": "sc:Organization", "name": one["title"]} for one in package["contributors"]],
        "distribution": [_file(resource, digests) for resource in package["resources"]],
        "recordSet": [_records(resource) for resource in package["resources"]],
    } | ({"url": cite["base"]} if cite["base"] else {})


def _file(resource, digests):
    return {
        "@type": "cr:FileObject",
        "@id": resource["path"],
        "name": resource["path"],
        "description": resource["description"],
        "contentUrl": resource["path"],
        "encodingFormat": resource["mediatype"],
        "sha256": digests[resource["path"]],
    }


def _records(resource):
    schema = resource["schema"]
    return {
        "@type": "cr:RecordSet",
        "@id": resource["name"],
        "name": resource["name"],
        "description": resource["description"],
        "key": [{"@id": f"{resource['name']}/{name}"} for name in schema["primaryKey"]],
        "field": [_field(resource, field) for field in schema["fields"]],
    }


def _field(resource, field):
    source = {"fileObject": {"@id": resource["path"]}, "extract": {"column": field["name"]}}
    described = {
        "@type": "cr:Field",
        "@id": f"{resource['name']}/{field['name']}",
        "name": field["name"],
        "description": field["description"],
        "dataType": TYPES[field["type"]],
        "source": source,
    }
    if field["type"] == "list":
        described["repeated"] = True
        source["transform"] = {"separator": field["delimiter"]}
    return described
