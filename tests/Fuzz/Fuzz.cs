using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Bot.Fuzzing;

/// <summary>
/// What nobody should send: recorded payloads with something changed in them, and bytes with something changed in those. How many is a test's own number;
/// AFTERPILOT_TEST_FUZZ asks for more. What fails is printed with the seed that makes it again.
/// </summary>
internal static class Fuzz
{
    private const string Variable = "AFTERPILOT_TEST_FUZZ";
    private const string Here = "here@";

    /// <summary>As JSON: another kind, nothing, too much, too deep, beyond the range of numbers and dates, half a character, signs that turn or hide text.</summary>
    private static readonly string[] Instead =
    [
        "null", "true", "false", "0", "-1", "7", "1.5", "-0.0", "1e999", "-1e999", "1e-400", "9223372036854775808", "99999999999999999999999999999999", "0.1e1000000",
        "\"\"", "\" \"", "\"x\"", "\"null\"", "\"-1\"", "\"NaN\"", "\"1e999\"", "\"9999-12-31\"", "\"0001-01-01\"", "\"9999-12-31T23:59:59.9999999Z\"", "\"0001-01-01T00:00:00+14:00\"", "\"2026-02-30\"",
        "\"24:61\"", "\"Europe/Nowhere\"", "\"00000000000000000000000000000000\"", "\"a:b:c:d\"", "\":\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"\\u202e\\u2066txt.exe\"", "\"\\u0007\\u001b[31m\"",
        "\"${name}\"", "\"<!channel> <@U1> {{}} **\"", "\"\\ufeff\\ufffe\"", "\"e\\u0301\\u0301\\u0301\\u0301\"", "[]", "{}", "[[]]", "[null,7,\"\"]", "[{}]", "{\"\":\"\"}", "{\"id\":null}", "{\"id\":{\"id\":{}}}",
    ];

    private static readonly string[] Large =
    [
        "\"" + new string('a', 100_000) + "\"", "\"" + string.Concat(Enumerable.Repeat("\\ud83c\\udf31", 5_000)) + "\"", new string('9', 5_000), "[" + string.Join(',', Enumerable.Repeat("{}", 5_000)) + "]",
        Deep("[", "]", 60), Deep("[", "]", 5_000), Deep("{\"a\":", "}", 70, "1"),
    ];

    /// <summary>Texts that people or programs put into fields.</summary>
    public static Gen<string> Text { get; } = Gen.Frequency(
        (12, Gen.Elements(Instead.Where(json => json.StartsWith('"')).Select(Unquoted).ToArray())),
        (3, ArbMap.Default.GeneratorFor<string>().Select(text => text ?? "")),
        (1, Gen.Elements("3", "0", "1", "-5", "999999999999999999", "0.0000000001", "1,5", "79228162514264337593543950335", new string('x', 20_000), "\ud800", "a\nb\r\nc\td", "2026-12-17", "10:00")));

    public static Config Config(int usually) => FsCheck.Config.QuickThrowOnFailure
        .WithMaxTest(int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out var wished) && wished > usually ? wished : usually);

    /// <summary>The files of a folder beside the tests.</summary>
    public static IReadOnlyList<string> Corpus(string folder = "Corpus") =>
        [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, folder)).Order(StringComparer.Ordinal).Select(File.ReadAllText)];

    /// <summary>A recorded payload with one to three of its parts gone or made into something else.</summary>
    public static Gen<string> Json(IReadOnlyList<string> corpus) =>
        from document in Gen.Elements(corpus.Where(IsJson).ToArray())
        from times in Gen.Choose(1, 3)
        from changes in Gen.ArrayOf(Gen.Zip(Gen.Choose(0, 10_000), Change), times)
        select Changed(document, changes.Select(change => (change.Item1, (string?)change.Item2)));

    /// <summary>Its bytes cut off, doubled, turned over or filled up with others.</summary>
    public static Gen<byte[]> Bytes(IReadOnlyList<string> corpus) =>
        from document in Gen.Elements(corpus.ToArray())
        let bytes = Encoding.UTF8.GetBytes(document)
        from at in Gen.Choose(0, bytes.Length)
        from kind in Gen.Choose(0, 3)
        from more in ArbMap.Default.GeneratorFor<byte[]>()
        select kind switch
        {
            0 => bytes[..at],
            1 => [.. bytes, .. bytes[at..]],
            2 => [.. bytes.Select((b, i) => i == at ? (byte)(b ^ 0x80) : b)],
            _ => [.. bytes[..at], .. more, .. bytes[at..]],
        };

    /// <summary>Null takes the part away, empty doubles its name, and all else stands in its place.</summary>
    private static Gen<string?> Change { get; } = Gen.Frequency<string?>((2, Gen.Constant<string?>(null)), (1, Gen.Constant<string?>("")), (20, Gen.Elements<string?>(Instead)), (1, Gen.Elements<string?>(Large)));

    /// <summary>Some senders write what is nearly JSON.</summary>
    private static bool IsJson(string document)
    {
        try
        {
            return JsonNode.Parse(document) is not null;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }

    /// <summary>Changed as a tree, written, and only then made into what no tree can hold.</summary>
    private static string Changed(string document, IEnumerable<(int Part, string? Change)> changes)
    {
        var root = JsonNode.Parse(document)!;
        var inPlace = new List<string>();
        foreach (var (part, change) in changes)
        {
            var places = Places(root).ToList();
            if (places.Count == 0)
            {
                break;
            }

            var (parent, key) = places[part % places.Count];
            switch (parent, change)
            {
                case (JsonObject within, null):
                    within.Remove(key);
                    break;
                case (JsonObject within, not null):
                    within[key] = Here + inPlace.Count;
                    inPlace.Add(change.Length == 0 ? $"1,{JsonValue.Create(key).ToJsonString()}:2" : change);
                    break;
                case (JsonArray list, null):
                    list.RemoveAt(int.Parse(key, CultureInfo.InvariantCulture));
                    break;
                case (JsonArray list, not null):
                    list[int.Parse(key, CultureInfo.InvariantCulture)] = Here + inPlace.Count;
                    inPlace.Add(change.Length == 0 ? "1,2" : change);
                    break;
            }
        }

        return inPlace.Select((json, i) => (json, i)).Aggregate(root.ToJsonString(), (text, it) => text.Replace($"\"{Here}{it.i}\"", it.json, StringComparison.Ordinal));
    }

    private static IEnumerable<(JsonNode Parent, string Key)> Places(JsonNode node) => node switch
    {
        JsonObject within => within.ToList().SelectMany(member => (member.Value is null ? [] : Places(member.Value)).Prepend((within, member.Key))),
        JsonArray list => list.ToList().SelectMany((item, i) => (item is null ? [] : Places(item)).Prepend((list, i.ToString(CultureInfo.InvariantCulture)))),
        _ => [],
    };

    private static string Unquoted(string json) => json.Contains("\\ud800", StringComparison.Ordinal) ? "\ud800" : (string)JsonNode.Parse(json)!;

    private static string Deep(string open, string close, int levels, string inside = "") => string.Concat(Enumerable.Repeat(open, levels)) + inside + string.Concat(Enumerable.Repeat(close, levels));
}
