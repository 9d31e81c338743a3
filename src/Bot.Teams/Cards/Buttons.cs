using System.Text.Json.Nodes;
using Bot.Chat;

namespace Bot.Teams.Cards;

/// <summary>Gives each button the shape in which its press has to arrive, and each row no more of them than Teams shows.</summary>
internal static class Buttons
{
    /// <summary>Teams shows six of a row ("Cards reference", Adaptive Card actions).</summary>
    public const int MostInRow = 6;

    public static void Arrange(JsonObject card, Surface surface, Catalogue catalogue)
    {
        foreach (var button in CardParts.OfType(card, "Action.Execute").ToList())
        {
            var action = new ActionRef((string)button["verb"]!, (string)button["data"]![ReservedKey.Name]!);
            if (surface == Surface.Dialog)
            {
                Submit(button, ReservedKey.Submit(action));
            }
            else if (surface == Surface.Shared && catalogue.Action(action.Name) is { OpensForm: true })
            {
                var data = ReservedKey.Submit(action);
                data[ReservedKey.OfTeams] = new JsonObject { ["type"] = "task/fetch" };
                Submit(button, data);
            }
        }

        if (card["actions"] is JsonArray { Count: > MostInRow } many)
        {
            card.Remove("actions");
            card["body"]!.AsArray().Add(Row(many));
        }

        foreach (var set in CardParts.OfType(card, "ActionSet").ToList())
        {
            Split(set);
        }
    }

    private static void Submit(JsonObject button, JsonObject data)
    {
        button["type"] = "Action.Submit";
        button.Remove("verb");
        button["data"] = data;
    }

    private static void Split(JsonObject set)
    {
        var first = set["actions"]!.AsArray();
        foreach (var rest in first.Skip(MostInRow).ToList().Chunk(MostInRow))
        {
            foreach (var button in rest)
            {
                first.Remove(button);
            }

            var row = Row(new JsonArray(rest));
            row["spacing"] = "Small";
            CardParts.InsertAfter(set, row);
            set = row;
        }
    }

    private static JsonObject Row(JsonArray actions) => new() { ["type"] = "ActionSet", ["actions"] = actions };
}
