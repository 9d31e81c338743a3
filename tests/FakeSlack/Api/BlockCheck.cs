using System.Text.Json.Nodes;
using FakeSlack.Rules;

namespace FakeSlack.Api;

/// <summary>Blocks and views held against Slack's rules, and the refusal where they break one.</summary>
internal static class BlockCheck
{
    public static ApiAnswer? Message(JsonNode blocks) => BlockRules.Message(blocks) is [_, ..] faults ? ApiAnswer.InvalidBlocks(faults) : null;

    /// <param name="type">modal or home.</param>
    public static ApiAnswer? View(JsonNode? view, string type)
    {
        if (view is not JsonObject given || (string?)given["type"] != type)
        {
            return ApiAnswer.Refused("invalid_arguments", $"view is not a {type} [json-pointer:/view/type]");
        }

        return BlockRules.View(given) is not [_, ..] faults ? null
            : faults.Any(fault => fault.Code == "view_too_large") ? ApiAnswer.Refused("view_too_large")
            : ApiAnswer.Refused("invalid_arguments", [.. faults.Select(fault => fault.ToString())]);
    }
}
