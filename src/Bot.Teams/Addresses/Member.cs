using System.Text.Json;
using System.Text.Json.Nodes;
using Bot.Chat;

namespace Bot.Teams.Addresses;

/// <summary>One entry of a roster. It has no time zone and no rights.</summary>
/// <param name="UserId">As this bot knows them, <c>29:...</c>.</param>
/// <param name="AadObjectId">As the tenant knows them.</param>
/// <param name="PrincipalName">Under which they sign in.</param>
public sealed record Member(string UserId, string? AadObjectId, string? Name, string? PrincipalName, string? Email = null)
{
    /// <summary>A guest's principal name has the address of their home in it, rewritten: it is none.</summary>
    private const string Guest = "#EXT#";

    /// <summary>Their mailbox, or else the name they sign in with, which has the form of one. It is passed on and not noted.</summary>
    public EmailAddress? Address =>
        EmailAddress.Read(Email) ?? (PrincipalName?.Contains(Guest, StringComparison.OrdinalIgnoreCase) == true ? null : EmailAddress.Read(PrincipalName));

    /// <summary>Null for what is no person: an entry without an id.</summary>
    public static Member? Read(JsonNode? entry) => Text(entry, "id") is { } id
        // The connector calls it aadObjectId in some answers and objectId in others.
        ? new Member(id, Text(entry, "aadObjectId") ?? Text(entry, "objectId"), Text(entry, "name"), Text(entry, "userPrincipalName"), Text(entry, "email"))
        : null;

    private static string? Text(JsonNode? entry, string field) =>
        entry is JsonObject members && members[field] is JsonValue value && value.GetValueKind() == JsonValueKind.String && (string)value! is { Length: > 0 } text ? text : null;
}
