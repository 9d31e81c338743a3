using System.Text.Json.Nodes;

namespace FakeSlack.Rules;

/// <summary>What Slack would refuse: every documented limit and shape of Block Kit, checked by a reading of the documentation that shares nothing with the product.</summary>
public static class BlockRules
{
    private const int MostInMessage = 50;

    /// <summary>The blocks of a message; none of them is no fault (chat.update removes them so).</summary>
    public static IReadOnlyList<Fault> Message(JsonNode blocks)
    {
        var faults = new List<Fault>();
        var at = new At(Surface.Message, "", faults).Under("blocks");
        Must.BeList(BlockKinds.Any(), MostInMessage, 0)(blocks, at);
        if (blocks is JsonArray list)
        {
            WholeSurface.Check(list, at);
        }

        return faults;
    }

    /// <summary>A modal or a Home tab, as views.open, views.update, views.push and views.publish take it.</summary>
    public static IReadOnlyList<Fault> View(JsonNode view) => Views.Check(view);
}
