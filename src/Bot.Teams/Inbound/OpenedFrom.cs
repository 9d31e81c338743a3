using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.Teams.Cards;
using Microsoft.AspNetCore.DataProtection;

namespace Bot.Teams.Inbound;

/// <summary>Where and for whom a form was opened.</summary>
/// <param name="In">The conversation it is about; the form itself may stand in the personal chat.</param>
/// <param name="On">The card it was opened from; null where somebody typed for it.</param>
internal sealed record OpenedFrom(string TenantId, string By, Conversation In, MessageRef? On);

/// <summary>
/// A form carries with it where it was opened. It goes through the hands of whoever fills it, and being in a conversation gives rights there:
/// so it is sealed with the product's key ring.
/// </summary>
internal sealed class SealForms(IDataProtectionProvider protection)
{
    private const string From = "from";
    private const string Verb = "verb";
    private const string Key = "key";
    private readonly IDataProtector _seal = protection.CreateProtector("Afterpilot.Teams.Forms");

    /// <summary>Puts it into all buttons of a form.</summary>
    public JsonObject Mark(JsonObject content, OpenedFrom from)
    {
        var text = _seal.Protect(JsonSerializer.Serialize(from));
        foreach (var button in Within(content).Where(part => (part["data"] as JsonObject)?.ContainsKey(ReservedKey.Name) == true).ToList())
        {
            var data = (JsonObject)button["data"]!;
            if (data[ReservedKey.Name] is JsonObject ours)
            {
                ours[From] = text;
            }
            else
            {
                data[ReservedKey.Name] = new JsonObject { [Verb] = (string?)button["verb"], [Key] = (string?)data[ReservedKey.Name], [From] = text };
            }
        }

        return content;
    }

    /// <summary>Null where a button carries none, or one that was sealed for somebody else or not by us.</summary>
    public OpenedFrom? Open(JsonElement data, string tenantId, string by)
    {
        try
        {
            return Text(data) is { } text && JsonSerializer.Deserialize<OpenedFrom>(_seal.Unprotect(text)) is { } from && from.TenantId == tenantId && from.By == by ? from : null;
        }
        catch (Exception forged) when (forged is CryptographicException or JsonException)
        {
            return null;
        }
    }

    /// <summary>As it was given: another one each time a form is shown.</summary>
    public static string? Text(JsonElement data) => data.At(ReservedKey.Name).Text(From);

    private static IEnumerable<JsonObject> Within(JsonNode? node) => node switch
    {
        JsonObject part => part.Select(member => member.Value).SelectMany(Within).Prepend(part),
        JsonArray list => list.SelectMany(Within),
        _ => [],
    };
}
