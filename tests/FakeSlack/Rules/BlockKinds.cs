using System.Text.Json.Nodes;
using static FakeSlack.Rules.Composition;
using static FakeSlack.Rules.Member;
using static FakeSlack.Rules.Must;

namespace FakeSlack.Rules;

/// <summary>Every kind of block, with the surfaces Slack documents for it ("Blocks").</summary>
internal static class BlockKinds
{
    private const Surface NotModal = Surface.Message | Surface.Home;

    private static readonly string[] InContainer =
        ["actions", "context", "divider", "file", "header", "image", "input", "rich_text", "section", "table", "video"];

    public static IReadOnlyDictionary<string, Kind> All { get; } = new Dictionary<string, Kind>
    {
        ["actions"] = Block(Surface.Everywhere, Needs("elements", BeList(Elements.Any(Elements.InActions), 25))),
        ["context"] = Block(Surface.Everywhere, Needs("elements", BeList(InContext, 10))),
        ["divider"] = Block(Surface.Everywhere),
        ["header"] = Block(Surface.Everywhere, Needs("text", Plain(150))),
        ["image"] = Block(Surface.Everywhere, Needs("alt_text", BeText(2000)), May("title", Plain(2000)), May("image_url", BeAddress(3000)), May("slack_file", SlackFile))
            .With((image, at) => ExactlyOne(image, at, "image_url", "slack_file")),
        ["input"] = Block(
            Surface.Everywhere, Needs("label", Plain(2000)), Needs("element", Elements.Any(Elements.InInput)), May("hint", Plain(2000)), May("optional", BeSwitch), May("dispatch_action", BeSwitch)),
        ["section"] = Block(
            Surface.Everywhere, May("text", Words(3000)), May("fields", BeList(Words(2000), 10)), May("accessory", Elements.Any(Elements.BesideSection)), May("expand", BeSwitch)).With(SaysSomething),
        ["rich_text"] = Block(Surface.Everywhere, Needs("elements", BeList(RichText.Any, 1000))),
        ["video"] = Block(
            Surface.Everywhere, Needs("video_url", BeAddress(3000)), Needs("thumbnail_url", BeAddress(3000)), Needs("alt_text", BeText(2000)), Needs("title", Plain(200)), May("title_url", BeAddress(3000)),
            May("author_name", BeText(50)), May("provider_name", BeText(50)), May("provider_icon_url", BeAddress(3000)), May("description", Plain(200))),
        ["markdown"] = Block(Surface.Message, Needs("text", BeText(WholeSurface.MostMarkdown))),
        ["table"] = Block(NotModal, Needs("rows", Tables.Rows), May("column_settings", Tables.Columns)),
        ["data_table"] = Block(
            NotModal, Needs("rows", Tables.Data), Needs("caption", BeText(Tables.MostText)), May("page_size", BeWhole(1, 100)), May("row_header_column_index", BeWhole(0, 19))).With(Tables.IsEven),
        ["data_visualization"] = Block(Surface.Message, Needs("title", BeText(50)), Needs("chart", Charts.Any)),
        ["alert"] = Block(Surface.Modal, Needs("text", Words(200)), May("level", BeOneOf("default", "info", "warning", "error", "success"))),
        ["card"] = Block(
            Surface.Everywhere, May("hero_image", Elements.Any("image")), May("icon", Elements.Any("image")), May("title", Marked(150)), May("subtitle", Marked(150)), May("body", Marked(200)),
            May("actions", BeList(Elements.Any("button"), 2))).With(IsCard),
        ["carousel"] = Block(NotModal, Needs("elements", BeList((card, at) => Any("card")(card, at), 10))),
        ["container"] = Block(
            Surface.Message, May("title", Plain(150)), May("rich_text_title", (title, at) => Any("rich_text")(title, at)), May("subtitle", Words(150)),
            Needs("child_blocks", BeList((child, at) => Any(InContainer)(child, at), 10)), May("width", BeOneOf("narrow", "standard", "wide", "full")), May("icon", Elements.Any("image")),
            May("is_collapsible", BeSwitch), May("default_collapsed", BeSwitch), May("has_header_divider", BeSwitch)).With((container, at) => ExactlyOne(container, at, "title", "rich_text_title")),
        ["context_actions"] = Block(Surface.Message, Needs("elements", BeList(Elements.Any("feedback_buttons", "icon_button"), 5))),
        ["task_card"] = Block(
            Surface.Message, Needs("task_id", BeText(255)), Needs("title", BeText(Tables.MostText)), Needs("status", BeOneOf("pending", "in_progress", "complete", "error")),
            May("details", (text, at) => Any("rich_text")(text, at)), May("output", (text, at) => Any("rich_text")(text, at)),
            May("sources", BeList(BeObject(Needs("type", BeOneOf("url")), Needs("url", BeAddress(3000)), Needs("text", BeText(3000))), 100))),
        ["plan"] = Block(Surface.Message, Needs("title", BeText(Tables.MostText)), May("tasks", BeList((task, at) => Any("task_card")(task, at), 100))),
    };

    public static Rule Any(params string[] only) => BeAnyOf(All, only);

    private static Kind Block(Surface on, params Member[] members) => new(on, BeObject([Needs("type", BeText(100)), May("block_id", BeText(255)), .. members]));

    private static Kind With(this Kind kind, Action<JsonObject, At> more) => kind with { Rule = kind.Rule.And(more) };

    private static void InContext(JsonNode? element, At at) =>
        (Text((element as JsonObject)?["type"]) == "image" ? Elements.Any("image") : Words(LongestText))(element, at);

    private static void SaysSomething(JsonObject section, At at)
    {
        if (!section.ContainsKey("text") && !section.ContainsKey("fields"))
        {
            at.Refuse("missing", "missing required field: text");
        }
    }

    private static void IsCard(JsonObject card, At at)
    {
        if (!card.ContainsKey("hero_image") && !card.ContainsKey("title") && !card.ContainsKey("actions") && !card.ContainsKey("body"))
        {
            at.Refuse("missing", "needs one of hero_image, title, actions, body");
        }
    }
}
