using System.Text.Json.Nodes;
using FakeSlack.Deliver;
using FakeSlack.World;

namespace FakeSlack.OAuth;

/// <summary>Puts the app into workspaces and takes it out again.</summary>
internal sealed class Installing(SlackWorld world, Events events)
{
    /// <summary>Again in the same place: the same token, and scopes only add up.</summary>
    public Installation Install(Consent consent, IEnumerable<string> scopes)
    {
        lock (world.Gate)
        {
            var known = world.Installations.Find(there => there.EndedWith is null
                && (consent.Organisation is null ? !there.IsOrgWide && there.Workspaces.Contains(consent.Workspace) : there.Organisation == consent.Organisation));
            if (known is not null)
            {
                known.Scopes.UnionWith(scopes);
                return known;
            }

            var bot = new Member(world.Ids.Next("U"), world.App.BotName) { IsBot = true };
            var installed = new Installation($"xoxb-{world.Ids.Next("7")}-{world.Ids.Secret()}", bot.Id, world.Ids.Next("B"), consent.By, scopes, consent.Organisation) { Bot = bot };
            if (consent.Organisation is null)
            {
                installed.Grant(consent.Workspace);
            }

            world.Installations.Add(installed);
            return installed;
        }
    }

    /// <summary>Tells it twice: app_uninstalled and tokens_revoked, in either order.</summary>
    public async Task UninstallAsync(Installation installed, bool tokensFirst)
    {
        var workspace = installed.Workspaces[0];
        lock (world.Gate)
        {
            installed.EndedWith = "account_inactive";
        }

        var uninstalled = new JsonObject { ["type"] = "app_uninstalled" };
        var revoked = new JsonObject { ["type"] = "tokens_revoked", ["tokens"] = new JsonObject { ["oauth"] = new JsonArray(), ["bot"] = new JsonArray(installed.BotUserId) } };
        foreach (var told in tokensFirst ? new[] { revoked, uninstalled } : [uninstalled, revoked])
        {
            await events.SendAsync((string)told["type"]!, workspace, told, installed);
        }
    }
}
