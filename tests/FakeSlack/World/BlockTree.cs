using System.Text.Json.Nodes;

namespace FakeSlack.World;

/// <summary>A field or control in blocks.</summary>
/// <param name="Block">The block it stands in.</param>
internal sealed record Element(JsonObject Block, JsonObject Json)
{
    public string Type => (string?)Json["type"] ?? "";

    public string BlockId => (string?)Block["block_id"] ?? "";

    public string ActionId => (string?)Json["action_id"] ?? "";

    public bool IsInput => (string?)Block["type"] == "input";

    /// <summary>What a person reads on or at it.</summary>
    public string Label => (string?)(IsInput ? Block["label"]?["text"] : Json["text"]?["text"] ?? Json["placeholder"]?["text"]) ?? "";

    public bool Is(string name) => Label == name || ActionId == name || BlockId == name;
}

/// <summary>Walks blocks as a client does.</summary>
internal static class BlockTree
{
    /// <summary>Everything that can be pressed, chosen or typed into.</summary>
    public static IEnumerable<Element> Elements(JsonArray blocks)
    {
        foreach (var block in blocks.OfType<JsonObject>())
        {
            var within = (string?)block["type"] switch
            {
                "input" => [block["element"]],
                "section" => [block["accessory"]],
                "actions" or "context_actions" => block["elements"] as JsonArray ?? [],
                "card" => block["actions"] as JsonArray ?? [],
                _ => (IEnumerable<JsonNode?>)[],
            };
            foreach (var element in within.OfType<JsonObject>().Where(element => element["action_id"] is not null))
            {
                yield return new Element(block, element);
            }

            if (block["child_blocks"] is JsonArray children)
            {
                foreach (var child in Elements(children))
                {
                    yield return child;
                }
            }
        }
    }

    /// <summary>Every text a person can read.</summary>
    public static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonArray list => list.SelectMany(Texts),
        JsonObject some => some.Where(property => property.Key is not ("value" or "options" or "option_groups" or "block_id" or "action_id" or "url" or "type")).SelectMany(property =>
            property is { Key: "text" or "title" or "alt_text", Value: JsonValue value } && value.TryGetValue<string>(out var text) ? [text] : Texts(property.Value)),
        _ => [],
    };

    /// <summary>A copy in which each block and element has an id; Slack makes up those that were not given.</summary>
    public static JsonArray WithIds(JsonArray blocks, Ids ids)
    {
        var copy = blocks.DeepClone().AsArray();
        Name(copy, ids);
        return copy;
    }

    private static void Name(JsonArray blocks, Ids ids)
    {
        foreach (var block in blocks.OfType<JsonObject>())
        {
            block["block_id"] ??= ids.Next("b");
            foreach (var element in new[] { block["element"], block["accessory"] }.Concat(block["elements"] as JsonArray ?? []).OfType<JsonObject>().Where(IsActive))
            {
                element["action_id"] ??= ids.Next("a");
            }

            if (block["child_blocks"] is JsonArray children)
            {
                Name(children, ids);
            }
        }
    }

    private static bool IsActive(JsonObject element) =>
        (string?)element["type"] is { } type && (type is "button" or "overflow" or "workflow_button" || FormState.IsStateful(type));
}
