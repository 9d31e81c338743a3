using System.Text;
using System.Text.Json.Nodes;
using static FakeSlack.Rules.Composition;
using static FakeSlack.Rules.Member;
using static FakeSlack.Rules.Must;

namespace FakeSlack.Rules;

/// <summary>Modals and Home ("Views").</summary>
internal static class Views
{
    private const int MostBlocks = 100;
    private const int LongestTitle = 24;

    /// <summary>views.open and its kin: "view_too_large: the provided view is greater than 250kb".</summary>
    private const int MostBytes = 250_000;

    private static readonly Member[] InEvery =
    [
        Needs("type", BeText(100)), Needs("blocks", BeList(BlockKinds.Any(), MostBlocks, 0)),
        May("private_metadata", BeText(3000, 0)), May("callback_id", BeText(255, 0)), May("external_id", BeText(255, 0)),
    ];

    private static readonly Rule Home = BeObject(InEvery);

    private static readonly Rule Modal = BeObject(
    [
        .. InEvery, Needs("title", Plain(LongestTitle)), May("close", Plain(LongestTitle)), May("submit", Plain(LongestTitle)), May("clear_on_close", BeSwitch), May("notify_on_close", BeSwitch),
    ]).And(CanBeSent);

    public static IReadOnlyList<Fault> Check(JsonNode view)
    {
        var faults = new List<Fault>();
        var type = Text((view as JsonObject)?["type"]);
        var at = new At(type == "home" ? Surface.Home : Surface.Modal, "", faults);
        if (type is not ("modal" or "home"))
        {
            at.Under("type").Refuse("unknown_type", "a view is a modal or a home");
            return faults;
        }

        (type == "home" ? Home : Modal)(view, at);
        if (view["blocks"] is JsonArray blocks)
        {
            WholeSurface.Check(blocks, at.Under("blocks"));
        }

        if (Encoding.UTF8.GetByteCount(view.ToJsonString()) > MostBytes)
        {
            at.Refuse("view_too_large", "the provided view is greater than 250kb");
        }

        return faults;
    }

    private static void CanBeSent(JsonObject modal, At at)
    {
        if (!modal.ContainsKey("submit") && (modal["blocks"] as JsonArray ?? []).Any(block => Text((block as JsonObject)?["type"]) == "input"))
        {
            at.Refuse("missing", "missing required field: submit (there is an input block)");
        }
    }
}
