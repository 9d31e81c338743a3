using static FakeSlack.Rules.Member;
using static FakeSlack.Rules.Must;

namespace FakeSlack.Rules;

/// <summary>The parts of a rich text block ("Rich text block"). No length is documented for them; a text is never empty.</summary>
internal static class RichText
{
    private const int Unlimited = 100_000;

    private static readonly Rule Style = BeObject(May("bold", BeSwitch), May("italic", BeSwitch), May("strike", BeSwitch), May("code", BeSwitch), May("underline", BeSwitch));

    private static readonly IReadOnlyDictionary<string, Kind> Runs = new Dictionary<string, Kind>
    {
        ["text"] = Run(Needs("text", BeText(Unlimited))),
        ["link"] = Run(Needs("url", BeAddress(Unlimited)), May("text", BeText(Unlimited)), May("unsafe", BeSwitch)),
        ["emoji"] = Run(Needs("name", BeText(255)), May("unicode", BeText(255)), May("url", BeAddress(3000))),
        ["user"] = Run(Needs("user_id", BeText(255))),
        ["usergroup"] = Run(Needs("usergroup_id", BeText(255))),
        ["channel"] = Run(Needs("channel_id", BeText(255))),
        ["team"] = Run(Needs("team_id", BeText(255))),
        ["broadcast"] = Run(Needs("range", BeOneOf("here", "channel", "everyone"))),
        ["color"] = Run(Needs("value", BeText(20))),
        ["date"] = Run(Needs("timestamp", BeNumber), Needs("format", BeText(255)), May("url", BeAddress(3000)), May("fallback", BeText(255))),
    };

    private static readonly IReadOnlyDictionary<string, Kind> Parts = new Dictionary<string, Kind>
    {
        ["rich_text_section"] = Part(BeAnyOf(Runs)),
        ["rich_text_quote"] = Part(BeAnyOf(Runs), Border),
        ["rich_text_preformatted"] = Part(BeAnyOf(Runs, "text", "link"), Border),
        ["rich_text_list"] = Part(
            (item, at) => BeAnyOf(Parts!, "rich_text_section")(item, at), Border, Needs("style", BeOneOf("bullet", "ordered")), May("indent", BeWhole(0, 8)), May("offset", BeWhole(0, Unlimited))),
    };

    public static Rule Any { get; } = BeAnyOf(Parts);

    private static Member Border => May("border", BeWhole(0, 1));

    private static Kind Run(params Member[] members) => new(Surface.Everywhere, BeObject([Needs("type", BeText(100)), May("style", Style), .. members]));

    private static Kind Part(Rule each, params Member[] members) => new(Surface.Everywhere, BeObject([Needs("type", BeText(100)), Needs("elements", BeList(each, Unlimited)), .. members]));
}
