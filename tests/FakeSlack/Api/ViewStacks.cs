using System.Text.Json.Nodes;
using FakeSlack.World;

namespace FakeSlack.Api;

/// <summary>The stacks of modals and the Home tabs, changed by views.* and by what a submission is answered with alike.</summary>
internal sealed class ViewStacks(SlackWorld world)
{
    private const int Highest = 3;

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
        foreach (var view in all ? [.. stack] : stack.TakeLast(1).ToList())
        {
            view.IsOpen = false;
            stack.Remove(view);
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
