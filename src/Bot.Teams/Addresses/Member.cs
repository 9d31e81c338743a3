using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bot.Teams.Addresses;

/// <summary>One entry of a roster. It has no time zone and no rights.</summary>
/// <param name="UserId">As this bot knows them, <c>29:...</c>.</param>
/// <param name="AadObjectId">As the tenant knows them.</param>
public sealed record Member(string UserId, string? AadObjectId, string? Name, string? PrincipalName)
{
    /// <summary>Null for what is no person: an entry without an id.</summary>
    public static Member? Read(JsonNode? entry) => Text(entry, "id") is { } id
        // The connector calls it aadObjectId in some answers and objectId in others.
        ? new Member(id, Text(entry, "aadObjectId") ?? Text(entry, "objectId"), Text(entry, "name"), Text(entry, "userPrincipalName"))
        : null;

    private static string? Text(JsonNode? entry, string field) =>
        entry is JsonObject members && members[field] is JsonValue value && value.GetValueKind() == JsonValueKind.String && (string)value! is { Length: > 0 } text ? text : null;
}
