using System.Xml.Linq;
using Bot.Chat;
using Bot.Store;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Web.Links;

/// <summary>The key ring of Data Protection in the product's store: links and tokens made on one machine open on all, and after a restart.</summary>
public sealed class StoredKeys(IServiceScopeFactory scopes, TimeProvider clock) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var scope = scopes.CreateScope();
        return [.. scope.ServiceProvider.GetRequiredService<BotDb>().DataKeys.OrderBy(k => k.Id).Select(k => k.Xml).AsEnumerable().Select(XElement.Parse)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<BotDb>();
        db.DataKeys.Add(new DataProtectionKey { Id = Id.New<DataKeyId>(clock), Xml = element.ToString(SaveOptions.DisableFormatting) });
        db.SaveChanges();
    }
}
