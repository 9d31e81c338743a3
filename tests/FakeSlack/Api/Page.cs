using System.Text;
using System.Text.Json.Nodes;

namespace FakeSlack.Api;

/// <summary>One page of a list, with a cursor to the next ("Pagination").</summary>
internal static class Page
{
    private const int Most = 1000;

    public static ApiAnswer Of(string name, IReadOnlyList<JsonNode> all, Arguments arguments, int usual)
    {
        var limit = arguments.Number("limit") ?? usual;
        if (limit is < 1 or > Most)
        {
            return ApiAnswer.Refused("invalid_limit", $"limit is from 1 to {Most}");
        }

        var from = 0;
        if (arguments.Text("cursor") is { Length: > 0 } cursor && !TryRead(cursor, name, out from))
        {
            return ApiAnswer.Refused("invalid_cursor");
        }

        return ApiAnswer.Ok(new JsonObject
        {
            [name] = new JsonArray([.. all.Skip(from).Take(limit).Select(item => item.DeepClone())]),
            ["response_metadata"] = new JsonObject { ["next_cursor"] = from + limit < all.Count ? Write(name, from + limit) : "" },
        });
    }

    private static string Write(string name, int from) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{from}"));

    private static bool TryRead(string cursor, string name, out int from)
    {
        from = 0;
        var bytes = new byte[cursor.Length];
        return Convert.TryFromBase64String(cursor, bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split(':') is [var list, var number] && list == name && int.TryParse(number, out from) && from >= 0;
    }
}
