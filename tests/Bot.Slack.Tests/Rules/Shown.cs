using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FakeSlack.Rules;

namespace Bot.Slack.Tests.Rules;

/// <summary>
/// Blocks written short, on a surface: <c>«n»</c> is a text of n characters, <c>«each …»</c> a list of n with <c>№</c> the number of each;
/// what is needed in every second block has a name.
/// </summary>
internal static partial class Shown
{
    private static readonly (string Name, string Meaning)[] Named =
    [
        ("«words»", """{"type":"plain_text","text":"x"}"""),
        ("«long»", """{"type":"plain_text","text":"«n»"}"""),
        ("«button»", """{"type":"button","text":{"type":"plain_text","text":"x"}}"""),
        ("«option»", """{"text":{"type":"plain_text","text":"x"},"value":"v№"}"""),
        ("«a»", """{"text":{"type":"plain_text","text":"x"},"value":"a"}"""),
        ("«b»", """{"text":{"type":"plain_text","text":"x"},"value":"b"}"""),
    ];

    public static IReadOnlyList<Fault> On(string surface, string blocks, int n = 1) => surface switch
    {
        "message" => BlockRules.Message(Parse($"[{blocks}]", n)),
        "home" => BlockRules.View(Parse($$"""{"type":"home","blocks":[{{blocks}}]}""", n)),
        _ => BlockRules.View(Parse($$"""{"type":"modal","title":{"type":"plain_text","text":"Check-in"},"submit":{"type":"plain_text","text":"Send"},"blocks":[{{blocks}}]}""", n)),
    };

    public static JsonNode Parse(string written, int n = 1)
    {
        var meant = Named.Aggregate(written, (text, word) => text.Replace(word.Name, word.Meaning));
        meant = Each().Replace(meant, each => string.Join(',', Enumerable.Range(1, n).Select(i => each.Groups["what"].Value.Replace("№", i.ToString()))));
        return JsonNode.Parse(meant.Replace("«n»", new string('x', n)))!;
    }

    [GeneratedRegex("«each (?<what>.*?)»", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Each();
}
