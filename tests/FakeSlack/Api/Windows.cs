using System.Text;
using System.Text.Json.Nodes;
using FakeSlack.World;

namespace FakeSlack.Api;

/// <summary>The stacks of modals and the Home tabs, changed by views.* and by what a submission is answered with alike.</summary>
internal sealed class Windows(SlackWorld world)
{
    private const int Highest = 3;
    private const int LargestBytes = 250 * 1024;

    /// <summary>What Slack refuses of a view wherever it comes from.</summary>
    public static ApiAnswer? Fault(JsonNode? view, string type)
    {
        if (view is not JsonObject given)
        {
            return ApiAnswer.Refused("invalid_arguments", "view is not an object [json-pointer:/view]");
        }

        if (Encoding.UTF8.GetByteCount(given.ToJsonString()) > LargestBytes)
        {
            return ApiAnswer.Refused("view_too_large");
        }

        return (string?)given["type"] != type ? ApiAnswer.Refused("invalid_arguments", $"type is not {type} [json-pointer:/view/type]")
            : BlockCheck.View(given) is [_, ..] wrong ? ApiAnswer.Refused("invalid_arguments", [.. wrong])
            : null;
    }

    /// <summary>On top of what is open; the first when nothing is.</summary>
    public (View? View, ApiAnswer? Refused) Push(Workspace workspace, string userId, JsonObject content)
    {
        var stack = world.StackOf(workspace, userId);
        if (stack.Count >= Highest)
        {
            return (null, ApiAnswer.Refused("push_limit_reached"));
        }

        if (IsTaken(workspace, content, null))
        {
            return (null, ApiAnswer.Refused("duplicate_external_id"));
        }

        var view = new View(world.Ids.Next("V"), workspace, userId) { RootId = stack.FirstOrDefault()?.Id, PreviousId = stack.LastOrDefault()?.Id };
        view.Become(Named(content), world.NewHash());
        stack.Add(view);
        world.Views[view.Id] = view;
        return (view, null);
    }

    public (View? View, ApiAnswer? Refused) Update(View view, JsonObject content)
    {
        if (IsTaken(view.Workspace, content, view))
        {
            return (null, ApiAnswer.Refused("duplicate_external_id"));
        }

        view.Become(Named(content), world.NewHash());
        return (view, null);
    }

    public (View? View, ApiAnswer? Refused) Publish(Workspace workspace, string userId, JsonObject content)
    {
        if (!world.Homes.TryGetValue((workspace.Id, userId), out var home))
        {
            world.Homes[(workspace.Id, userId)] = home = new View(world.Ids.Next("V"), workspace, userId);
            world.Views[home.Id] = home;
        }

        return Update(home, content);
    }

    /// <summary>Closes the top one, or all.</summary>
    public void Close(Workspace workspace, string userId, bool all)
    {
        var stack = world.StackOf(workspace, userId);
        for (var i = stack.Count - 1; i >= (all ? 0 : Math.Max(0, stack.Count - 1)) && stack.Count > 0; i--)
        {
            stack[i].IsOpen = false;
            stack.RemoveAt(i);
            if (!all)
            {
                break;
            }
        }
    }

    public JsonObject Show(View view, Installation installed) => view.Show(world.App, installed.BotId, installed.Organisation?.Id ?? view.Workspace.Id);

    private bool IsTaken(Workspace workspace, JsonObject content, View? except) =>
        (string?)content["external_id"] is { Length: > 0 } id && world.Views.Values.Any(view => view != except && view.IsOpen && view.Workspace == workspace && view.ExternalId == id);

    private JsonObject Named(JsonObject content)
    {
        var named = content.DeepClone().AsObject();
        named["blocks"] = BlockTree.WithIds(content["blocks"] as JsonArray ?? [], world.Ids);
        return named;
    }
}
